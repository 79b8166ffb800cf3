/** Filters in words: for chips, labels and those who hear the page. */

import type { CategoryColumn, Column, NumberColumn, TimeColumn } from "../../bundle/index.ts";
import { missingName, NO_CATEGORY } from "../../data/category.ts";
import type { Filter, Match, RangeFilter } from "../../data/filter/rules.ts";
import type { ScaleKind } from "../../data/scale.ts";
import { shortNumber } from "../../data/ticks.ts";
import { timeOf, unitsOf } from "../../data/times.ts";

type RangeColumn = NumberColumn | TimeColumn;

/** Names in a chip; of more, how many. */
const MOST_NAMES = 2;

const DAY = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });
const SECOND = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

export function nameOf({ name, categories }: CategoryColumn, code: number): string {
  return code === NO_CATEGORY ? missingName(name) : categories[code] || "(empty)";
}

/** What a filter keeps: "Delta, United", "3 – 7", "not before 2015", … */
export function keptBy(filter: Filter, column: Column): string {
  const kept =
    filter.kind === "values"
      ? names(filter.codes, column as CategoryColumn)
      : within(filter, column as RangeColumn);
  return filter.not ? `not ${kept}` : kept;
}

function names(codes: readonly number[], column: CategoryColumn): string {
  const first = codes.slice(0, MOST_NAMES).map((code) => nameOf(column, code));
  const more = codes.length - first.length;
  return more > 0 ? `${first.join(", ")} +${more}` : first.join(", ");
}

function within({ range, missing }: RangeFilter, column: RangeColumn): string {
  const parts = range?.some((end) => end !== null) ? [rangeWords(range!, column)] : [];
  if (range && parts.length === 0) parts.push("any value");
  if (missing) parts.push("no value");
  return parts.join(" or ");
}

/** "3 – 7", "≥ 3", "≤ 7", "any". */
export function rangeWords(
  [low, high]: readonly [number | null, number | null],
  column: RangeColumn,
): string {
  if (low === null && high === null) return "any";
  if (low === null) return `≤ ${boundWords(high!, column)}`;
  if (high === null) return `≥ ${boundWords(low, column)}`;
  const [from, to] = [boundWords(low, column), boundWords(high, column)];
  return from === to ? from : `${from} – ${to}`;
}

/** A bound as one reads it. */
export function boundWords(value: number, column: RangeColumn): string {
  if (column.kind === "number") return shortNumber(value);
  const time = timeOf(value, column);
  return (column.unit === "days" || time % 86_400_000 === 0 ? DAY : SECOND).format(time);
}

/** A bound as one types it. */
export function boundText(value: number | null, column: RangeColumn): string {
  if (value === null) return "";
  if (column.kind === "number") return String(value);
  const text = new Date(timeOf(value, column)).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
}

/** Read a typed bound: null where it is left open, undefined where it can't be read. */
export function readBound(text: string, column: RangeColumn): number | null | undefined {
  const plain = text.trim();
  if (plain === "") return null;
  if (column.kind === "number") {
    const value = Number(plain.replace(/[\s,'’](?=\d{3})/g, ""));
    return Number.isFinite(value) ? value : undefined;
  }
  const iso =
    /[zZ]|[+-]\d\d:?\d\d$/.test(plain) || plain.length <= 10 ? plain : `${plain.replace(" ", "T")}Z`;
  const time = Date.parse(iso);
  return Number.isNaN(time) ? undefined : Math.round(unitsOf(time, column));
}

/** How filters compose, as a sentence goes on: "Items that pass …". */
export const MATCH_WORDS: Record<Match, string> = {
  all: "all of these",
  any: "any of these",
  "not-all": "not all of these",
  none: "none of these",
};

/** How an axis or a ramp runs: "quantile" gives every stretch as many items. */
export const SCALE_NAMES: Record<ScaleKind, string> = { linear: "linear", log: "log", quantile: "quantile" };
