import { useState } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import { matcherOf, type Query } from "../../find/query.ts";
import { neighborResult } from "../../find/results.ts";
import type { SearchResults } from "../../state/search.ts";
import { countOf, formatCount } from "../format.ts";
import { AfterIcon, BeforeIcon } from "../icons.tsx";
import { distanceText } from "../kin/words.ts";
import { Thumb } from "../Thumb.tsx";
import { useThumbs } from "../thumbs.ts";
import { ItemLine } from "./ItemLine.tsx";
import type { Highlight } from "./Marked.tsx";
import { Reach } from "./Reach.tsx";
import { resultWords } from "./words.ts";

/** Lines shown at first, and more with each wish for more. */
const LINES = 50;

/** What a search has found, as a list. */
export function Results({ atlas }: { atlas: Atlas }) {
  const results = atlas.state.search.results.value;
  return results && <Found atlas={atlas} results={results} />;
}

function Found({ atlas, results }: { atlas: Atlas; results: SearchResults }) {
  const { search } = atlas.state;
  const { state, done, distances, items } = results;
  const listed = distances ? Math.min(items.length, search.reach.value) : items.length;
  return (
    <section class="results panel" aria-label="Search results" data-testid="results">
      <header class="results-head">
        <p class={state === "failed" ? "results-words failed" : "results-words"} role="status">
          {resultWords(results, search.reach.value)}
        </p>
        {listed > 1 && <Steps atlas={atlas} results={results} />}
      </header>
      {state === "searching" && <Running share={done} />}
      {distances && items.length > 1 && <Reach atlas={atlas} results={results} />}
      {listed > 0 && (
        <Lines key={JSON.stringify(keyOf(results.query))} atlas={atlas} results={results} listed={listed} />
      )}
    </section>
  );
}

function keyOf(query: Query): unknown {
  return query.by === "image" ? query.title : query;
}

function Running({ share }: { share: number }) {
  return (
    <div
      class="results-running"
      role="progressbar"
      aria-label="Searching"
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={share}
    >
      <div style={{ transform: `scaleX(${share})` }} data-unknown={share === 0} />
    </div>
  );
}

function Steps({ atlas: { state, steering }, results }: { atlas: Atlas; results: SearchResults }) {
  const go = (by: 1 | -1) => () => {
    const item = neighborResult(results, state.selected.value, by)!;
    state.selected.value = item;
    steering.flyTo(item);
  };
  return (
    <>
      <button
        type="button"
        class="quiet"
        aria-label="Result before"
        title="Result before (Shift N)"
        onClick={go(-1)}
      >
        <BeforeIcon />
      </button>
      <button type="button" class="quiet" aria-label="Next result" title="Next result (N)" onClick={go(1)}>
        <AfterIcon />
      </button>
    </>
  );
}

function Lines({ atlas, results, listed }: { atlas: Atlas; results: SearchResults; listed: number }) {
  const { bundle, state, steering, view } = atlas;
  const [most, setMost] = useState(LINES);
  const items = Array.from(results.items).slice(0, Math.min(most, listed));
  const { sprites } = bundle.manifest;
  const thumbs = useThumbs(view.spriteOf, sprites ? items : []);
  const highlight = highlightOf(results.query);
  return (
    <ol class="lines">
      {items.map((item, k) => (
        <ItemLine
          key={item}
          atlas={atlas}
          item={item}
          aside={results.distances && distanceText(results.distances[k]!, k < results.exact)}
          highlight={highlight}
          current={state.selected.value === item}
          image={sprites && <Thumb image={thumbs.get(item)} ink={sprites.ink} />}
          onChoose={(chosen) => {
            state.selected.value = chosen;
            steering.flyTo(chosen);
          }}
        />
      ))}
      {listed > items.length && (
        <li>
          <button type="button" class="more" onClick={() => setMost(most + LINES)}>
            {countOf(Math.min(LINES, listed - items.length), "more line")} of {formatCount(listed)}
          </button>
        </li>
      )}
    </ol>
  );
}

function highlightOf(query: Query): Highlight | null {
  if (query.by !== "text") return null;
  try {
    return matcherOf(query.text);
  } catch {
    return null;
  }
}
