/** Times as a map stores them: whole units since an origin. */

import type { TimeColumn } from "../bundle/index.ts";
import { MISSING_TIME } from "./category.ts";
import type { Scale } from "./scale.ts";

const MILLISECONDS = { seconds: 1000, days: 86_400_000 };
/** A scale is fitted to about so many of them. */
const SAMPLE = 20_000;

type Units = Pick<TimeColumn, "origin" | "unit">;

/** Milliseconds since 1970 of a stored time. */
export function timeOf(units: number, { origin, unit }: Units): number {
  return Date.parse(origin) + units * MILLISECONDS[unit];
}

/** The stored time of milliseconds since 1970, not rounded. */
export function unitsOf(time: number, { origin, unit }: Units): number {
  return (time - Date.parse(origin)) / MILLISECONDS[unit];
}

/** The same scale over milliseconds since 1970. */
export function inMilliseconds(scale: Scale, column: Units): Scale {
  const { kind, quantiles } = scale;
  const [low, high] = [timeOf(scale.low, column), timeOf(scale.high, column)];
  if (!quantiles) return { kind: kind === "log" ? "linear" : kind, low, high };
  const values = quantiles.values.map((value) => timeOf(value, column));
  return { kind, low, high, quantiles: { ...quantiles, values } };
}

/** A sample of stored times, NaN where there is none. */
export function presentTimes(values: Uint32Array): Float64Array {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  return Float64Array.from({ length: Math.ceil(values.length / step) }, (_, k) => {
    const value = values[k * step]!;
    return value === MISSING_TIME ? Number.NaN : value;
  });
}
