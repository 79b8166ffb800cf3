import type { Manifest } from "../bundle/index.ts";
import { EXTRA_TITLES } from "../data/extras.ts";
import { colorBy, type ViewState } from "../state.ts";
import { CategoryLegend } from "./CategoryLegend.tsx";
import { DressChoice } from "./DressChoice.tsx";
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
      <Level manifest={manifest} state={state} />
      <Legend state={state} pictured={manifest.sprites !== null} />
      <DressChoice state={state} />
    </section>
  );
}

/** Own colours, the map's columns, and what the page itself makes: what is not there cannot be chosen. */
function ColumnChoice({ manifest, state }: Props) {
  const { columns, sprites } = manifest;
  const { extras } = state.colors;
  const chosen = state.color.value;
  const offered = Object.keys(EXTRA_TITLES).filter(
    (name) => name === chosen || extras.value.some((extra) => extra.name === name),
  );
  const names = [null, ...columns.map(({ name }) => name), ...offered];
  return (
    <select
      id="color-by"
      class="choice"
      value={String(names.indexOf(chosen) - 1)}
      onChange={({ currentTarget }) => colorBy(state, names[Number(currentTarget.value) + 1] ?? null)}
    >
      <option value="-1">{sprites ? "own colours" : "one colour"}</option>
      {columns.map(({ name, title }, k) => (
        <option key={name} value={String(k)}>
          {title}
        </option>
      ))}
      {offered.map((name, k) => (
        <option key={name} value={String(columns.length + k)}>
          {EXTRA_TITLES[name]}
        </option>
      ))}
    </select>
  );
}

/** Where topics colour the map: which level of their hierarchy it is, and the way to the others. */
function Level({ manifest, state }: Props) {
  const levels = manifest.topics?.columns ?? [];
  const at = levels.indexOf(state.color.value ?? "");
  if (at < 0 || levels.length < 2) return null;
  return (
    <fieldset class="segments small bare levels" aria-label="Level of the topics">
      {levels.map((name, k) => (
        <label key={name} class="segment" title={levelWords(k, levels.length)}>
          <input type="radio" name="topic-level" checked={k === at} onChange={() => colorBy(state, name)} />
          <span>{levelName(k, levels.length)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function levelName(k: number, levels: number): string {
  if (k === 0) return "Broad";
  return k === levels - 1 ? "Fine" : "Middle";
}

function levelWords(k: number, levels: number): string {
  return `Topics of level ${k + 1} of ${levels}${k > 0 ? ", each within one that is broader" : ""}`;
}

const WAITING: Readonly<Record<string, string>> = {
  "~similarity": "Search for an item or by meaning: what is nearest to it then stands out here.",
  "~tags": "Nothing is tagged yet: choose items and give them a tag.",
};

function Legend({ state, pictured }: { state: ViewState; pictured: boolean }) {
  const coloring = state.coloring.value;
  switch (coloring?.kind) {
    case "category":
      return <CategoryLegend key={coloring.column.name} coloring={coloring} state={state} />;
    case "scale":
      return <ScaleLegend coloring={coloring} state={state} />;
    case "plain":
      if (coloring.waiting) return <p class="note">{WAITING[coloring.waiting]}</p>;
      return pictured ? <p class="note">Every image in its own mean colour.</p> : null;
    default:
      return null;
  }
}
