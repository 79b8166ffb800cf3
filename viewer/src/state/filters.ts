import { batch, type Signal, signal } from "@preact/signals";
import type { Column, Manifest } from "../bundle/index.ts";
import type { Facet } from "../data/filter/facet.ts";
import { readFilter, writeFilter } from "../data/filter/link.ts";
import {
  type Filter,
  inverted,
  MATCHES,
  type Match,
  NO_RULES,
  type Rules,
  toggled,
  withFilter,
} from "../data/filter/rules.ts";
import type { ScaleKind } from "../data/scale.ts";

/** What is known of one column's facet, each part as it arrives. */
export interface FacetState {
  readonly column: Column;
  readonly facet: Signal<Facet | null>;
  /** Counts of the facet's bins under the other filters; null before they have been counted. */
  readonly counts: Signal<Uint32Array | null>;
  /** Why it can't be shown. */
  readonly trouble: Signal<string | null>;
  /** How its axis runs, where the reader has chosen. */
  readonly scale: Signal<ScaleKind | undefined>;
  readonly unfolded: Signal<boolean>;
}

/** The filters, and what the Filters page shows of them. */
export interface FilterState {
  /** One immutable value: undo and links set it as a whole. */
  readonly rules: Signal<Rules>;
  /** What a brush that is being drawn would make of the rules: the map follows it, links and undo don't. */
  readonly draft: Signal<Rules | null>;
  /** How many items pass; null where nothing is filtered. */
  readonly matching: Signal<number | null>;
  /** Milliseconds that the worker last took to filter. */
  readonly took: Signal<number>;
  /** Whether the newest rules have not been followed yet. */
  readonly pending: Signal<boolean>;
  readonly facets: readonly FacetState[];
}

/** So many facets are unfolded at first: each one unfolded is a column to fetch. */
const UNFOLDED = 6;

export function createFilters({ columns }: Manifest): FilterState {
  return {
    rules: signal(NO_RULES),
    draft: signal<Rules | null>(null),
    matching: signal<number | null>(null),
    took: signal(0),
    pending: signal(false),
    facets: columns.map((column, k) => ({
      column,
      facet: signal<Facet | null>(null),
      counts: signal<Uint32Array | null>(null),
      trouble: signal<string | null>(null),
      scale: signal<ScaleKind | undefined>(undefined),
      unfolded: signal(k < UNFOLDED),
    })),
  };
}

/** Give a column another filter; null takes it away. */
export function setFilter(filters: FilterState, column: string, filter: Filter | null): void {
  batch(() => {
    filters.draft.value = null;
    filters.rules.value = withFilter(filters.rules.value, column, filter);
  });
}

/** Show what a filter would do while it is still being drawn. */
export function draftFilter(filters: FilterState, column: string, filter: Filter | null): void {
  filters.draft.value = withFilter(filters.rules.value, column, filter);
}

/** The rules that the map follows. */
export function rulesNow({ draft, rules }: FilterState): Rules {
  return draft.value ?? rules.value;
}

export function toggleValue(filters: FilterState, column: string, code: number): void {
  filters.rules.value = toggled(filters.rules.value, column, code);
}

export function clearFilters(filters: FilterState): void {
  filters.rules.value = NO_RULES;
}

export function invertFilters(filters: FilterState): void {
  const rules = filters.rules.value;
  if (rules.filters.length > 0) filters.rules.value = { ...rules, match: inverted(rules.match) };
}

export function setMatch(filters: FilterState, match: Match): void {
  filters.rules.value = { ...filters.rules.value, match };
}

/** The filters as they stand in an address. */
export interface FilterAddress {
  /** See data/filter/link.ts. */
  where?: string[];
  match?: Match;
}

export function filterAddress({ rules, facets }: FilterState): FilterAddress {
  const { filters, match } = rules.value;
  if (filters.length === 0) return {};
  const column = (name: string) => facets.find((facet) => facet.column.name === name)!.column;
  const where = filters.map((filter) => writeFilter(filter, column(filter.column)));
  return match === "all" ? { where } : { where, match };
}

/** Set the filters to an address's; what this map doesn't have is left out. */
export function applyFilterAddress(state: FilterState, { where = [], match = "all" }: FilterAddress): void {
  const columns = state.facets.map(({ column }) => column);
  let rules: Rules = NO_RULES;
  for (const text of where) {
    const filter = readFilter(text, columns);
    if (filter) rules = withFilter(rules, filter.column, filter);
  }
  const wanted = rules.filters.length > 0 ? { ...rules, match } : NO_RULES;
  if (JSON.stringify(wanted) !== JSON.stringify(state.rules.peek())) state.rules.value = wanted;
}

export function readMatch(text: string | null): Match | undefined {
  return MATCHES.find((match) => match === text);
}

/** The filters as plain JSON, for tests. */
export function filterSnapshot(state: FilterState): Record<string, unknown> {
  const { where = [], match = "all" } = filterAddress(state);
  return {
    where,
    match,
    matching: state.matching.value,
    took: state.took.value,
    pending: state.pending.value,
  };
}
