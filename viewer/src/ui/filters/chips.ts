import { batch } from "@preact/signals";
import type { Atlas } from "../../app.ts";
import { missingName, OTHER_CATEGORIES } from "../../data/category.ts";
import { countOf as itemCount } from "../../data/mask.ts";
import { clearFilters, rulesNow, setFilter } from "../../state/filters.ts";
import { isolatedNames, type Tab } from "../../state.ts";
import { queryWords } from "../find/words.ts";
import { countOf } from "../format.ts";
import { keptBy } from "./words.ts";

/** One reason why items are dim, as a chip over the map. */
export interface Chip {
  readonly key: string;
  /** "rating", "Search", … */
  readonly name: string;
  /** What stays bright: "3 – 7". */
  readonly detail: string;
  /** The page of the workbench where it is made. */
  readonly tab: Tab;
  /** What taking it away is called. */
  readonly clearing: string;
  clear(): void;
}

/** Whatever dims items has its chips here. */
const SOURCES: readonly ((atlas: Atlas) => Chip[])[] = [
  legendChips,
  filterChips,
  searchChips,
  selectionChips,
];

export function chipsOf(atlas: Atlas): Chip[] {
  return SOURCES.flatMap((source) => source(atlas));
}

/** Light everything again. */
export function clearAll(atlas: Atlas): void {
  batch(() => {
    for (const chip of chipsOf(atlas)) chip.clear();
    clearFilters(atlas.state.filters);
  });
}

function legendChips({ bundle: { manifest }, state }: Atlas): Chip[] {
  const names = isolatedNames(state, manifest).map((name) =>
    name === null ? missingName(state.color.value ?? "") : name || "(empty)",
  );
  if (state.isolated.value.has(OTHER_CATEGORIES)) names.push("other");
  if (names.length === 0) return [];
  const column = manifest.columns.find(({ name }) => name === state.color.value);
  const more = names.length > 2 ? ` +${names.length - 2}` : "";
  return [
    {
      key: "legend",
      name: column?.title ?? "Colour",
      detail: names.slice(0, 2).join(", ") + more,
      tab: "colours",
      clearing: `Bring back all of ${column?.title ?? "them"}`,
      clear: () => {
        state.isolated.value = new Set();
      },
    },
  ];
}

function filterChips({ state: { filters } }: Atlas): Chip[] {
  return rulesNow(filters).filters.map((filter) => {
    const { column } = filters.facets.find((facet) => facet.column.name === filter.column)!;
    return {
      key: `filter ${column.name}`,
      name: column.title,
      detail: keptBy(filter, column),
      tab: "filters",
      clearing: `Clear ${column.title}: ${keptBy(filter, column)}`,
      clear: () => setFilter(filters, column.name, null),
    };
  });
}

function searchChips({ state }: Atlas): Chip[] {
  const query = state.search.query.value;
  if (!query) return [];
  return [
    {
      key: "search",
      name: "Search",
      detail: queryWords(query),
      tab: state.tab.value,
      clearing: "Clear the search",
      clear: () => {
        state.search.query.value = null;
      },
    },
  ];
}

function selectionChips({ state }: Atlas): Chip[] {
  const { chosen } = state;
  if (!chosen.value) return [];
  return [
    {
      key: "selection",
      name: "Selection",
      detail: countOf(itemCount(chosen.value), "item"),
      tab: "selection",
      clearing: "Clear the selection",
      clear: () => {
        chosen.value = null;
      },
    },
  ];
}
