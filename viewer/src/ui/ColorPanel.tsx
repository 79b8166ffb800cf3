import type { Manifest } from "../bundle/index.ts";
import { colorBy, type ViewState } from "../state.ts";
import { CategoryLegend } from "./CategoryLegend.tsx";
import { ScaleLegend } from "./ScaleLegend.tsx";

interface Props {
  manifest: Manifest;
  state: ViewState;
}

/** What the colours mean, and the choice of what they shall mean. */
export function ColorPanel({ manifest, state }: Props) {
  return (
    <section class="color-panel" aria-label="Colours">
      <div class="color-head">
        <label class="label" for="color-by">
          Colour by
        </label>
        <ColumnChoice manifest={manifest} state={state} />
      </div>
      <Legend state={state} pictured={manifest.sprites !== null} />
    </section>
  );
}

function ColumnChoice({ manifest, state }: Props) {
  const { columns, sprites } = manifest;
  const chosen = columns.findIndex(({ name }) => name === state.color.value);
  return (
    <select
      id="color-by"
      class="choice"
      value={String(chosen)}
      onChange={({ currentTarget }) => colorBy(state, columns[Number(currentTarget.value)]?.name ?? null)}
    >
      <option value="-1">{sprites ? "own colours" : "one colour"}</option>
      {columns.map(({ name, title }, k) => (
        <option key={name} value={String(k)}>
          {title}
        </option>
      ))}
    </select>
  );
}

function Legend({ state, pictured }: { state: ViewState; pictured: boolean }) {
  const coloring = state.coloring.value;
  switch (coloring?.kind) {
    case "category":
      return <CategoryLegend coloring={coloring} state={state} />;
    case "scale":
      return <ScaleLegend coloring={coloring} theme={state.theme.value} />;
    case "plain":
      return pictured ? <p class="note">Every image in its own mean colour.</p> : null;
    default:
      return null;
  }
}
