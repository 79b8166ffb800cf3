import type { Signal } from "@preact/signals";
import { DENSITIES, type Density, type LookState } from "../state/look.ts";

/** What stands on the map beside its items, and how these are arranged. */
export function Looks({ look }: { look: LookState }) {
  return (
    <section class="looks" aria-label="On the map">
      <div class="lamps">
        <Lamp title="Names" hint="Key A" on={look.labels} />
        <Lamp title="No overlap" hint="Each item in a place of its own, on a grid. Key O" on={look.grid} />
        <Lamp title="Trails" hint="Chosen items leave a trail when they move. Key R" on={look.trails} />
      </div>
      <DensityChoice density={look.density} />
    </section>
  );
}

function Lamp({ title, hint, on }: { title: string; hint: string; on: Signal<boolean> }) {
  return (
    <label class="lamp" title={hint}>
      <input
        type="checkbox"
        checked={on.value}
        onChange={({ currentTarget }) => {
          on.value = currentTarget.checked;
        }}
      />
      <span>{title}</span>
    </label>
  );
}

const TITLES: Record<Density, string> = { off: "Off", shade: "Shade", lines: "Lines", both: "Both" };

function DensityChoice({ density }: { density: Signal<Density> }) {
  return (
    <fieldset class="segments small density" title="How densely items lie. Key D">
      <legend class="label">Density</legend>
      {DENSITIES.map((one) => (
        <label key={one} class="segment">
          <input
            type="radio"
            name="density"
            checked={density.value === one}
            onChange={() => {
              density.value = one;
            }}
          />
          <span>{TITLES[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}
