import type { Atlas } from "../../app.ts";
import type { SearchResults } from "../../state/search.ts";

const STEPS = 200;

/** How alike items must be to stay bright: a slider over the ranks, finer for the nearest. */
export function Reach({ atlas, results }: { atlas: Atlas; results: SearchResults }) {
  const { reach } = atlas.state.search;
  const most = results.items.length;
  const place = Math.round((Math.log(Math.min(reach.value, most)) / Math.log(most)) * STEPS);
  return (
    <label class="reach">
      <span class="label">Alike</span>
      <input
        type="range"
        min={0}
        max={STEPS}
        value={STEPS - place}
        aria-label="Similarity: how near items must be to stay bright"
        aria-valuetext={`the nearest ${Math.min(reach.value, most)}`}
        onInput={({ currentTarget }) => {
          const ranks = (STEPS - Number(currentTarget.value)) / STEPS;
          reach.value = Math.max(1, Math.round(most ** ranks));
        }}
      />
    </label>
  );
}
