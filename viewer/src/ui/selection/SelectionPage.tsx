import type { Atlas } from "../../app.ts";
import { countOf, type Mask } from "../../data/mask.ts";
import { selectionText } from "../../state/selection.ts";
import { countOf as counted, formatCount } from "../format.ts";
import { Export } from "./Export.tsx";
import { InWords } from "./InWords.tsx";
import { Special } from "./Special.tsx";
import { TagBox, TagList } from "./Tags.tsx";

/** What is chosen: how much, what is special about it, its tags, and the way out. */
export function SelectionPage({ atlas }: { atlas: Atlas }) {
  const chosen = atlas.state.chosen.value;
  return (
    <div class="selection-page">
      {chosen ? <Chosen atlas={atlas} chosen={chosen} /> : <Nothing atlas={atlas} />}
      <TagList atlas={atlas} />
      {!chosen && <InWords atlas={atlas} something={atlas.state.passing.value !== null} />}
    </div>
  );
}

function Nothing({ atlas: { bundle, state, selecting } }: { atlas: Atlas }) {
  const passing = state.passing.value;
  return (
    <section class="selection-empty" aria-label="Choosing">
      <p class="selection-hint">Draw around items to choose them.</p>
      <p class="note">
        Take the lasso <kbd>L</kbd>, the box <kbd>E</kbd> or the brush <kbd>P</kbd>. Shift adds, Alt takes
        away; Shift and a click choose one.
      </p>
      <div class="acts">
        <button type="button" class="act" onClick={() => selecting.chooser.take(null, "replace")}>
          All in view
        </button>
        {passing && (
          <button type="button" class="act" onClick={() => selecting.chooser.choosePassing()}>
            The {formatCount(countOf(passing))} lit
          </button>
        )}
      </div>
      {bundle.count === 1 && <p class="note">This map has one item.</p>}
    </section>
  );
}

function Chosen({ atlas, chosen }: { atlas: Atlas; chosen: Mask }) {
  const { bundle, selecting, state } = atlas;
  const { chooser } = selecting;
  const count = countOf(chosen);
  return (
    <>
      <section class="selection-head" aria-label="What is chosen">
        <p class="filters-count" data-testid="chosen-count">
          <strong>{formatCount(count)}</strong> of {counted(bundle.count, "item")} chosen
        </p>
        <div class="share-line" aria-hidden="true">
          <span style={{ width: `${(100 * count) / bundle.count}%` }} />
        </div>
        <div class="acts">
          <button type="button" class="act" onClick={() => chooser.fly()}>
            Go there
          </button>
          <button
            type="button"
            class="act"
            title="Choose the others instead (I)"
            onClick={() => chooser.invert()}
          >
            Invert
          </button>
          <button
            type="button"
            class="act"
            title="Table (B)"
            onClick={() => {
              state.table.open.value = true;
            }}
          >
            Table
          </button>
          <button type="button" class="act" title="Choose nothing (Esc)" onClick={() => chooser.clear()}>
            Clear
          </button>
        </div>
        {selectionText(bundle.manifest, chosen) === null && (
          <p class="note" role="status">
            Too scattered for a link: tag these items to keep them, or export them.
          </p>
        )}
      </section>
      <TagBox atlas={atlas} chosen={chosen} count={count} />
      <Special atlas={atlas} />
      <Export atlas={atlas} chosen={chosen} />
      <InWords atlas={atlas} something />
    </>
  );
}
