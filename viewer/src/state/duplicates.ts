/** Hiding near duplicates: a filter like any other, set by one click. */

import type { Manifest } from "../bundle/index.ts";
import { filterOf, valuesFilter } from "../data/filter/rules.ts";
import { type FilterState, setFilter } from "./filters.ts";

/** The class of items that may go because a near duplicate of each stays. */
const SPARE = "deletion candidate";

/** The column that says which items are near duplicates of others, the code of those, and how many they are. */
export interface Spare {
  readonly column: string;
  readonly code: number;
  readonly count: number;
}

/** Find the near duplicates that can be hidden; null where the map has none, or nobody looked for them. */
export function spareOf({ columns, duplicates }: Manifest): Spare | null {
  const column = columns.find(({ name }) => name === duplicates?.column);
  if (column?.kind !== "category") return null;
  const code = column.categories.indexOf(SPARE);
  const count = column.counts[code] ?? 0;
  return count > 0 ? { column: column.name, code, count } : null;
}

export function sparesHidden({ rules }: FilterState, { column, code }: Spare): boolean {
  const filter = filterOf(rules.value, column);
  return filter?.kind === "values" && filter.codes.includes(code) === filter.not;
}

/** Hide near duplicates but for one of each, or show them again. */
export function toggleSpares(filters: FilterState, spare: Spare): void {
  const hidden = sparesHidden(filters, spare);
  setFilter(filters, spare.column, hidden ? null : valuesFilter(spare.column, [spare.code], true));
}
