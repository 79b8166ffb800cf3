/** What is filtered: at most one filter a column, and how they compose. Plain immutable values, fit for undo and links. */

/** Items whose category is one of these. */
export interface ValuesFilter {
  readonly kind: "values";
  readonly column: string;
  /** Ascending; NO_CATEGORY stands for items without a value. */
  readonly codes: readonly number[];
  /** Keep the others instead. */
  readonly not: boolean;
}

/** Items whose number lies within bounds, both included, in the column's stored units. */
export interface RangeFilter {
  readonly kind: "range";
  readonly column: string;
  /** Least and greatest; null where that side is open. No range at all where only items without a value are wanted. */
  readonly range: readonly [number | null, number | null] | null;
  /** Whether items without a value belong too. */
  readonly missing: boolean;
  readonly not: boolean;
}

export type Filter = ValuesFilter | RangeFilter;

/** How filters compose: an item passes all of them, any, not all, or none. */
export const MATCHES = ["all", "any", "not-all", "none"] as const;
export type Match = (typeof MATCHES)[number];

export interface Rules {
  readonly filters: readonly Filter[];
  readonly match: Match;
}

export const NO_RULES: Rules = { filters: [], match: "all" };

/** Each filter has a bit of a 32-bit word in the engine. */
export const MOST_FILTERS = 31;

export function filterOf(rules: Rules, column: string): Filter | null {
  return rules.filters.find((filter) => filter.column === column) ?? null;
}

/** Put a filter in the place of its column's; one that keeps everything is none. The match starts anew with the last. */
export function withFilter(rules: Rules, column: string, filter: Filter | null): Rules {
  const kept = filter && !keepsAll(filter) ? filter : null;
  const at = rules.filters.findIndex((one) => one.column === column);
  const filters = [...rules.filters];
  if (at >= 0) filters.splice(at, 1, ...(kept ? [kept] : []));
  else if (kept && filters.length < MOST_FILTERS) filters.push(kept);
  return filters.length > 0 ? { ...rules, filters } : NO_RULES;
}

/** Take a category into the column's filter, or out of it. */
export function toggled(rules: Rules, column: string, code: number): Rules {
  const before = filterOf(rules, column);
  const codes = new Set(before?.kind === "values" ? before.codes : []);
  if (!codes.delete(code)) codes.add(code);
  return withFilter(rules, column, valuesFilter(column, codes, before?.not));
}

export function valuesFilter(column: string, codes: Iterable<number>, not = false): ValuesFilter {
  return { kind: "values", column, codes: [...new Set(codes)].sort((a, b) => a - b), not };
}

/** Whether the filters keep all items whatever the map holds. */
function keepsAll(filter: Filter): boolean {
  if (filter.kind === "values") return filter.codes.length === 0;
  const { range, missing } = filter;
  if (range === null) return !missing;
  return range[0] === null && range[1] === null && missing;
}

/** The match with its sense turned round, as "invert" does: all ↔ not all, any ↔ none. */
export function inverted(match: Match): Match {
  return { all: "not-all", any: "none", "not-all": "all", none: "any" }[match] as Match;
}

/** Whether these are equal as values. */
export function sameFilter(a: Filter, b: Filter): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
