import { batch, computed, effect } from "@preact/signals";
import type { MapBundle } from "./bundle/index.ts";
import type { FilterAnswer } from "./data/filter/messages.ts";
import { NO_RULES } from "./data/filter/rules.ts";
import { Sieve } from "./data/filter/sieve.ts";
import { rulesNow } from "./state/filters.ts";
import type { ViewState } from "./state.ts";

/** Let what is lit follow the filters, and the facets on the page what the filters leave; returns the first following. */
export function followFilters(
  bundle: MapBundle,
  state: ViewState,
  tell: (what: string, error: Error) => void,
): Promise<void> {
  const { filters } = state;
  let followed = () => {};
  const first = new Promise<void>((resolve) => {
    followed = resolve;
  });
  const sieve = new Sieve(bundle, (answer) => {
    batch(() => take(answer, state, tell)); // the page follows once
    if (answer.kind === "mask" || answer.kind === "trouble") followed();
  });
  effect(() => {
    const rules = rulesNow(filters);
    filters.pending.value = rules.filters.length > 0;
    sieve.apply(rules);
    if (rules.filters.length > 0) return;
    state.filtered.value = null; // at once: nothing needs to be asked
    filters.matching.value = null;
    followed();
  });
  const watched = computed(() => {
    const shown = filters.facets.filter(({ unfolded, column }) => {
      if (state.tab.value === "filters") return unfolded.value;
      return (
        column.name === state.color.value &&
        column.kind === "category" &&
        filters.rules.value.filters.length > 0
      );
    });
    return shown.map(({ column, scale }) => ({ column: column.name, scale: scale.value }));
  });
  effect(() => sieve.watch(watched.value));
  return first;
}

function take(answer: FilterAnswer, state: ViewState, tell: (what: string, error: Error) => void): void {
  const { filters } = state;
  const facet = (name: string) => filters.facets.find(({ column }) => column.name === name);
  switch (answer.kind) {
    case "mask":
      filters.pending.value = false;
      filters.took.value = answer.took;
      filters.matching.value = answer.mask ? answer.matching : null;
      state.filtered.value = answer.mask;
      break;
    case "facet": {
      const known = facet(answer.column)!;
      known.trouble.value = known.counts.value = null;
      known.facet.value = answer.facet;
      break;
    }
    case "counts":
      for (const { column, counts } of answer.counts) facet(column)!.counts.value = counts;
      break;
    case "trouble":
      facet(answer.column)!.trouble.value = answer.message;
      if (answer.id === null) break;
      tell(facet(answer.column)!.column.title, new Error(answer.message));
      filters.rules.value = NO_RULES;
  }
}
