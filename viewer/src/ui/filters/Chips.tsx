import type { Atlas } from "../../app.ts";
import { rulesNow } from "../../state/filters.ts";
import { formatCount } from "../format.ts";
import { CloseIcon } from "../icons.tsx";
import { showPage } from "../pages.ts";
import { type Chip, chipsOf, clearAll } from "./chips.ts";
import { MATCH_WORDS } from "./words.ts";

/** Why items are dim, over the map: each reason can be gone to and taken away. */
export function Chips({ atlas }: { atlas: Atlas }) {
  const chips = chipsOf(atlas);
  if (chips.length === 0) return null;
  const { match, filters } = rulesNow(atlas.state.filters);
  const { bright, bundle } = atlas;
  return (
    <section class="chips" aria-label="What stays bright">
      {(match !== "all" || filters.length > 1) && filters.length > 0 && (
        <span class="chips-match">{MATCH_WORDS[match]}</span>
      )}
      {chips.map((chip) => (
        <ChipButton key={chip.key} chip={chip} atlas={atlas} />
      ))}
      <span class="chips-count">
        {formatCount(bright.value)} of {formatCount(bundle.count)}
      </span>
      {chips.length > 1 && (
        <button type="button" class="text-button" onClick={() => clearAll(atlas)}>
          Clear all
        </button>
      )}
    </section>
  );
}

function ChipButton({ chip, atlas }: { chip: Chip; atlas: Atlas }) {
  return (
    <span class="chip panel">
      <button
        type="button"
        class="chip-name"
        title={`${chip.name}: ${chip.detail}`}
        onClick={() => showPage(atlas.state, chip.tab)}
      >
        <span class="chip-column">{chip.name}</span> {chip.detail}
      </button>
      <button type="button" class="chip-clear" aria-label={chip.clearing} onClick={() => chip.clear()}>
        <CloseIcon />
      </button>
    </span>
  );
}
