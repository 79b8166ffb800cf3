/** A column as a facet shows it: its values in a few bins, each with its bounds. */

import type { CategoryColumn, Column, NumberColumn, TimeColumn, Values } from "../../bundle/index.ts";
import { MISSING_TIME, missingCode } from "../category.ts";
import { fitScale, placer, type Scale, type ScaleKind, valueAt } from "../scale.ts";
import { presentTimes } from "../times.ts";
import type { FilterColumn } from "./engine.ts";
import { floatKeyFrom, floatKeys, floatKeyUntil, timeKeyFrom, timeKeys, timeKeyUntil } from "./keys.ts";

/** Bars of a histogram. */
export const BINS = 48;
/** Whole numbers over no more than this many values get a bar each. */
const MOST_WHOLE = 60;

/** What the page needs to draw a facet; counts come apart from it, as they change. */
export interface RangeFacet {
  readonly kind: "range";
  readonly scale: Scale;
  /** Bounds of the bins (bins + 1). The first and the last bin also hold what lies beyond the scale's ends. */
  readonly edges: Float64Array;
  /** Items of each bin, then those without a value. */
  readonly total: Uint32Array;
}

export interface CategoryFacet {
  readonly kind: "category";
  /** Items of each category, then those without a value. */
  readonly total: Uint32Array;
}

export type Facet = RangeFacet | CategoryFacet;

export interface Binned {
  readonly facet: Facet;
  readonly column: FilterColumn;
}

/** Bin a column's stored values; `scale` is how a histogram's axis shall run, where the reader has chosen. */
export function binned(column: Column, values: Values, scale?: ScaleKind): Binned {
  return column.kind === "category" ? byCategory(column, values) : byRange(column, values, scale);
}

function byCategory({ counts, missing: absent }: CategoryColumn, values: Values): Binned {
  const missing = missingCode(values);
  const last = counts.length;
  const codes = Uint16Array.from(values, (code) => (code === missing ? last : code));
  return {
    facet: { kind: "category", total: Uint32Array.from([...counts, absent]) },
    column: { codes, places: last + 1, keys: null, keyFrom: Math.ceil, keyUntil: Math.floor },
  };
}

function byRange(column: NumberColumn | TimeColumn, values: Values, wanted?: ScaleKind): Binned {
  const missing = column.kind === "time" ? MISSING_TIME : Number.NaN;
  const { scale, bins } = axisOf(column, values, wanted);
  const codes = new Uint16Array(values.length);
  const total = new Uint32Array(bins + 1);
  const placeOf = placer(scale);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const absent = value === missing || Number.isNaN(value);
    const code = absent ? bins : Math.min((placeOf(value) * bins) | 0, bins - 1);
    codes[i] = code;
    total[code]!++;
  }
  const edges = Float64Array.from({ length: bins + 1 }, (_, k) => valueAt(scale, k / bins));
  return {
    facet: { kind: "range", scale, edges, total },
    column: { codes, places: bins + 1, ...keysOf(column, values) },
  };
}

function keysOf({ kind }: NumberColumn | TimeColumn, values: Values) {
  return kind === "number"
    ? { keys: floatKeys(values as Float32Array), keyFrom: floatKeyFrom, keyUntil: floatKeyUntil }
    : { keys: timeKeys(values as Uint32Array), keyFrom: timeKeyFrom, keyUntil: timeKeyUntil };
}

/** A robust fit; over whole numbers, bins of a whole width, for others would look like a comb. */
function axisOf(
  column: NumberColumn | TimeColumn,
  values: Values,
  wanted?: ScaleKind,
): { scale: Scale; bins: number } {
  const { min, max } = column;
  const whole = column.kind === "time" || column.integer;
  const present = column.kind === "time" ? presentTimes(values as Uint32Array) : values;
  const fitted = fitScale(present, wanted ?? (column.kind === "time" ? "linear" : undefined));
  if (!whole || fitted.kind !== "linear") return { scale: fitted, bins: BINS };
  const all = max - min < MOST_WHOLE;
  const [low, high] = all ? [min, max] : [Math.max(Math.floor(fitted.low), min), Math.ceil(fitted.high)];
  const width = all ? 1 : Math.ceil((high - low + 1) / BINS);
  const bins = Math.ceil((high - low + 1) / width);
  return { scale: { kind: "linear", low: low - 0.5, high: low - 0.5 + bins * width }, bins };
}
