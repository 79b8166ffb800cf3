/**
 * Filters as they stand in a link: `airline|Delta|United`, `rating|3..7`, `date|2015-02-17..`, `!airline|Delta`. Parts are
 * parted by bars, `~none` stands for items without a value, and a backslash takes a sign's meaning away.
 */

import type { CategoryColumn, Column, TimeColumn } from "../../bundle/index.ts";
import { NO_CATEGORY } from "../category.ts";
import { timeOf, unitsOf } from "../times.ts";
import { type Filter, type RangeFilter, type ValuesFilter, valuesFilter } from "./rules.ts";

const WITHOUT_VALUE = "~none";
const RANGE = /^(.*?)\.\.(.*)$/;

export function writeFilter(filter: Filter, column: Column): string {
  const head = (filter.not ? "!" : "") + escaped(filter.column);
  const rest =
    filter.kind === "values" ? valueParts(filter, column as CategoryColumn) : rangeParts(filter, column);
  return [head, ...rest].join("|");
}

/** Read a filter; null where the map has no such column or the text means nothing for it. */
export function readFilter(text: string, columns: readonly Column[]): Filter | null {
  const not = text.startsWith("!");
  const [name, ...parts] = partsOf(not ? text.slice(1) : text);
  const column = columns.find((one) => one.name === name?.text);
  if (!column || parts.length === 0) return null;
  return column.kind === "category" ? readValues(column, parts, not) : readRange(column, parts, not);
}

function valueParts({ codes }: ValuesFilter, { categories }: CategoryColumn): string[] {
  return codes.map((code) => (code === NO_CATEGORY ? WITHOUT_VALUE : escaped(categories[code]!)));
}

function rangeParts({ range, missing }: RangeFilter, column: Column): string[] {
  const bound = (value: number | null) => {
    if (value === null) return "";
    return column.kind === "time" ? writeTime(value, column) : String(value);
  };
  return [...(range ? [`${bound(range[0])}..${bound(range[1])}`] : []), ...(missing ? [WITHOUT_VALUE] : [])];
}

/** A whole day as a day, any other time to the second. */
function writeTime(units: number, column: TimeColumn): string {
  const text = new Date(timeOf(units, column)).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : `${text.slice(0, 19)}Z`;
}

function readValues(column: CategoryColumn, parts: readonly Part[], not: boolean): Filter | null {
  const codes = parts.map((part) => (part.special ? NO_CATEGORY : column.categories.indexOf(part.text)));
  const known = codes.filter((code, k) => code >= 0 || parts[k]!.special);
  return known.length > 0 ? valuesFilter(column.name, known, not) : null;
}

function readRange(
  column: Exclude<Column, CategoryColumn>,
  parts: readonly Part[],
  not: boolean,
): Filter | null {
  const missing = parts.some(({ special }) => special);
  const found = parts.find(({ special }) => !special)?.text.match(RANGE);
  const range = found ? ([bound(found[1]!, column), bound(found[2]!, column)] as const) : null;
  if (range?.some((end) => Number.isNaN(end)) || (!range && !missing)) return null;
  return { kind: "range", column: column.name, range, missing, not };
}

/** A bound in the column's units; null where open, NaN where it can't be read. */
function bound(text: string, column: Exclude<Column, CategoryColumn>): number | null {
  if (text === "") return null;
  return column.kind === "time" ? unitsOf(Date.parse(text), column) : Number(text);
}

interface Part {
  readonly text: string;
  /** Whether it is `~none` itself, and not a category of that name. */
  readonly special: boolean;
}

function escaped(text: string): string {
  const plain = text.replace(/[\\|]/g, "\\$&");
  return /^[!~]/.test(plain) ? `\\${plain}` : plain;
}

function partsOf(text: string): Part[] {
  const raw = text.match(/(?:^|\|)(?:[^\\|]|\\.|\\$)*/gs) ?? [];
  return raw.map((piece, k) => {
    const part = k > 0 || piece.startsWith("|") ? piece.slice(1) : piece;
    return { text: part.replace(/\\(.)/gs, "$1"), special: part === WITHOUT_VALUE };
  });
}
