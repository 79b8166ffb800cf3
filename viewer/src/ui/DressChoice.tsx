import { cssOf } from "../data/oklab.ts";
import {
  categoryColor,
  type Dress,
  PALETTES,
  type PaletteName,
  RAMPS,
  type RampName,
  rampColor,
} from "../data/palette.ts";
import type { ViewState } from "../state.ts";
import type { Theme } from "../theme.ts";

/** Which palette, or for numbers which ramp and which way: each is shown as it looks. */
export function DressChoice({ state }: { state: ViewState }) {
  const coloring = state.coloring.value;
  if (!coloring || coloring.kind === "plain") return null;
  const theme = state.theme.value;
  const dress = state.colors.dress.value;
  const stepped =
    coloring.kind === "category" && coloring.colorOf(0, theme) !== undefined && isRamped(coloring, theme);
  return coloring.kind === "scale" || stepped ? (
    <Ramps state={state} theme={theme} dress={dress} />
  ) : (
    <fieldset class="dress">
      <legend class="unseen">Palette</legend>
      {(Object.keys(PALETTES) as PaletteName[]).map((palette) => (
        <Choice
          key={palette}
          group="palette"
          title={PALETTES[palette].title}
          chosen={dress.palette === palette}
          background={bands(palette, theme)}
          onChoose={() => {
            state.colors.dress.value = { ...dress, palette };
          }}
        />
      ))}
    </fieldset>
  );
}

/** Whether categories are steps of a scale: they change with the ramp, not with the palette. */
function isRamped(
  coloring: { colorOf(code: number, theme: Theme, dress?: Dress): unknown },
  theme: Theme,
): boolean {
  const one = coloring.colorOf(0, theme, { palette: "terrella", ramp: "terrella", reversed: false });
  const other = coloring.colorOf(0, theme, { palette: "terrella", ramp: "fire", reversed: false });
  return String(one) !== String(other);
}

function Ramps({ state, theme, dress }: { state: ViewState; theme: Theme; dress: Dress }) {
  return (
    <fieldset class="dress">
      <legend class="unseen">Ramp</legend>
      {(Object.keys(RAMPS) as RampName[]).map((ramp) => (
        <Choice
          key={ramp}
          group="ramp"
          title={RAMPS[ramp].title}
          chosen={dress.ramp === ramp}
          background={gradient(ramp, theme, dress.reversed)}
          onChoose={() => {
            state.colors.dress.value = { ...dress, ramp };
          }}
        />
      ))}
      <button
        type="button"
        class="turn"
        aria-pressed={dress.reversed}
        aria-label="Turn the ramp round"
        title="Turn the ramp round"
        onClick={() => {
          state.colors.dress.value = { ...dress, reversed: !dress.reversed };
        }}
      >
        ⇄
      </button>
    </fieldset>
  );
}

interface ChoiceProps {
  group: string;
  title: string;
  chosen: boolean;
  background: string;
  onChoose: () => void;
}

function Choice({ group, title, chosen, background, onChoose }: ChoiceProps) {
  return (
    <label class="dress-choice" title={title}>
      <input type="radio" name={group} checked={chosen} onChange={onChoose} aria-label={title} />
      <span style={{ background }} aria-hidden="true" />
    </label>
  );
}

/** A palette's first colours side by side. */
function bands(palette: PaletteName, theme: Theme): string {
  const count = 6;
  const stops = Array.from({ length: count }, (_, k) => {
    const color = cssOf(categoryColor(k, theme, palette));
    return `${color} ${(100 * k) / count}% ${(100 * (k + 1)) / count}%`;
  });
  return `linear-gradient(90deg, ${stops.join(", ")})`;
}

function gradient(ramp: RampName, theme: Theme, reversed: boolean): string {
  const dress: Dress = { palette: "terrella", ramp, reversed };
  const stops = Array.from({ length: 7 }, (_, k) => cssOf(rampColor(k / 6, theme, dress)));
  return `linear-gradient(90deg, ${stops.join(", ")})`;
}
