/** What of an answer can be drawn: bars by name, a line over time, dots of two numbers, a count of one. */

import { fitScale, histogram } from "../data/scale.ts";
import type { SqlAnswer, SqlColumn } from "./server.ts";

export interface Bars {
  readonly kind: "bars";
  readonly x: string;
  readonly y: string;
  /** Lengths are shares of the longest; the sign stays in the value. */
  readonly bars: readonly { readonly name: string; readonly value: number; readonly length: number }[];
  /** Rows beyond those drawn. */
  readonly left: number;
}

/** Points, 0 … 1 from the left and from below, and what the ends of the axes are. */
export interface Points {
  readonly kind: "line" | "dots";
  readonly x: string;
  readonly y: string;
  readonly points: readonly (readonly [number, number])[];
  readonly xEnds: readonly [unknown, unknown];
  readonly yEnds: readonly [number, number];
}

export type Chart = Bars | Points;

const MOST_BARS = 60;
const BINS = 24;

/** The chart that suits an answer: its first column that can be an axis, and the first numbers beside it. */
export function chartOf({ columns, rows }: Pick<SqlAnswer, "columns" | "rows">): Chart | null {
  const numbers = columns.filter(isNumber);
  const names = columns.find(({ type }) => type === "string" || type === "boolean");
  const time = columns.find(({ type }) => type === "time");
  const value = numbers[0];
  if (!value || rows.length === 0) return null;
  const at = (column: SqlColumn) => columns.indexOf(column);
  if (time) return pointsOf(rows, time, at(time), value, at(value));
  if (names) return barsOf(rows, names, at(names), value, at(value));
  const other = numbers[1];
  if (other && tellsApart(rows, value, at(value))) return barsOf(rows, value, at(value), other, at(other));
  if (other) return pointsOf(rows, value, at(value), other, at(other));
  return rows.length > 1 ? countsOf(rows, value, at(value)) : null;
}

function isNumber({ name, type }: SqlColumn): boolean {
  return (type === "integer" || type === "number") && name !== "_row";
}

/** Whether whole numbers stand for groups: few rows, no two alike. */
function tellsApart(rows: RowsOf, { type }: SqlColumn, x: number): boolean {
  return (
    type === "integer" && rows.length <= MOST_BARS && new Set(rows.map((row) => row[x])).size === rows.length
  );
}

type RowsOf = SqlAnswer["rows"];

function barsOf(rows: RowsOf, names: SqlColumn, x: number, values: SqlColumn, y: number): Bars {
  const all = rows.map((row) => ({ name: row[x] === null ? "—" : String(row[x]), value: numberOf(row[y]) }));
  return {
    kind: "bars",
    x: names.name,
    y: values.name,
    ...drawn(all.filter(({ value }) => Number.isFinite(value))),
  };
}

/** How many rows have a number in each of equal steps. */
function countsOf(rows: RowsOf, values: SqlColumn, y: number): Bars | null {
  const numbers = Float64Array.from(rows, (row) => numberOf(row[y])).filter((value) =>
    Number.isFinite(value),
  );
  if (numbers.length < 2) return null;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const scale = low < high ? { kind: "linear" as const, low, high } : fitScale(numbers);
  const counts = histogram(numbers, scale, BINS);
  const edge = (k: number) => Number((scale.low + ((scale.high - scale.low) * k) / BINS).toPrecision(4));
  const all = [...counts].map((value, k) => ({ name: `${edge(k)} … ${edge(k + 1)}`, value }));
  return { kind: "bars", x: values.name, y: "rows", ...drawn(all) };
}

function drawn(all: readonly { name: string; value: number }[]): Pick<Bars, "bars" | "left"> {
  const shown = all.slice(0, MOST_BARS);
  const longest = Math.max(...shown.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  const bars = shown.map(({ name, value }) => ({ name, value, length: Math.abs(value) / longest }));
  return { bars, left: all.length - shown.length };
}

function pointsOf(rows: RowsOf, across: SqlColumn, x: number, up: SqlColumn, y: number): Points | null {
  const isTime = across.type === "time";
  const place = (value: unknown) => (isTime ? Date.parse(String(value)) : numberOf(value));
  const pairs = rows
    .map((row) => ({ told: row[x], x: place(row[x]), y: numberOf(row[y]) }))
    .filter((pair) => Number.isFinite(pair.x) && Number.isFinite(pair.y));
  if (pairs.length === 0) return null;
  if (isTime) pairs.sort((a, b) => a.x - b.x);
  const byX = isTime ? pairs : [...pairs].sort((a, b) => a.x - b.x);
  const [first, last] = [byX[0]!, byX.at(-1)!];
  const yEnds = endsOf(pairs.map((pair) => pair.y));
  const share = (value: number, low: number, high: number) =>
    high > low ? (value - low) / (high - low) : 0.5;
  return {
    kind: isTime ? "line" : "dots",
    x: across.name,
    y: up.name,
    points: pairs.map((pair) => [share(pair.x, first.x, last.x), share(pair.y, ...yEnds)]),
    xEnds: [first.told, last.told],
    yEnds,
  };
}

function endsOf(values: readonly number[]): [number, number] {
  let [low, high] = [values[0]!, values[0]!];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}

/** A value as a number; whole numbers beyond 2⁵³ come as text. */
function numberOf(value: unknown): number {
  return value === null || value === undefined ? Number.NaN : Number(value);
}
