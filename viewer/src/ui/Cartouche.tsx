import type { Manifest } from "../bundle/index.ts";
import type { ViewState } from "../state.ts";
import { countOf } from "./format.ts";

interface Props {
  manifest: Manifest;
  state: ViewState;
}

/** The map's title, as in the corner of an atlas's page, and the choice of projection below it. */
export function Cartouche({ manifest, state }: Props) {
  const { projections } = manifest;
  const current = projections.find(({ name }) => name === state.projection.value) ?? projections[0];
  return (
    <header class="cartouche">
      <h1>{manifest.title}</h1>
      <p class="cartouche-meta">
        {countOf(manifest.count, "item")}
        {projections.length === 1 && ` · ${current.title}`}
      </p>
      {projections.length > 1 && <Projections manifest={manifest} state={state} />}
    </header>
  );
}

function Projections({ manifest, state }: Props) {
  return (
    <fieldset class="segments panel">
      <legend class="unseen">Projection</legend>
      {manifest.projections.map(({ name, title }, k) => (
        <label key={name} class="segment" title={k < 9 ? `${title} (key ${k + 1})` : title}>
          <input
            type="radio"
            name="projection"
            value={name}
            checked={state.projection.value === name}
            onChange={() => {
              state.projection.value = name;
            }}
          />
          <span>{title}</span>
        </label>
      ))}
    </fieldset>
  );
}
