import { batch, useComputed } from "@preact/signals";
import { clearFilters } from "../../state/filters.ts";
import type { ViewState } from "../../state.ts";

/** Says that nothing meets all that is asked for, and how to take it back: a map gone grey explains nothing. */
export function NothingBright({ state }: { state: ViewState }) {
  const nothing = useComputed(() => state.lit.value?.includes(1) === false);
  if (!nothing.value) return null;
  return (
    <div class="nothing-bright panel" role="status">
      <strong>Nothing matches</strong>
      <p>No item passes {askedFor(state)}.</p>
      <button type="button" class="deed" onClick={() => brighten(state)}>
        Light everything again
      </button>
    </div>
  );
}

function askedFor(state: ViewState): string {
  const parts = [
    state.isolated.value.size > 0 ? "the legend" : "",
    state.filtered.value ? "the filters" : "",
    state.found.value ? "the search" : "",
    state.chosen.value ? "the selection" : "",
  ].filter((part) => part !== "");
  return parts.length > 1
    ? `all of ${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`
    : (parts[0] ?? "view");
}

function brighten(state: ViewState): void {
  batch(() => {
    state.isolated.value = new Set();
    clearFilters(state.filters);
    state.search.query.value = null;
    state.found.value = state.chosen.value = null;
  });
}
