import { place, type Scale, valueAt } from "./scale.ts";

export interface Tick {
  /** Place on the scale, 0 … 1. */
  readonly at: number;
  readonly text: string;
}

const DAY = 86_400_000;

/** Choose round numbers on the scale, about `wanted` of them; powers of ten on a logarithmic one, else shares of the items. */
export function numberTicks(scale: Scale, wanted = 4): Tick[] {
  if (scale.kind === "quantile")
    return quantileTicks(scale, (value) => shortNumber(value, Math.abs(value), 3));
  const values = scale.kind === "log" ? powers(scale) : roundValues(scale.low, scale.high, wanted);
  const spread = Math.max(Math.abs(scale.low), Math.abs(scale.high));
  return values.map((value) => ({ at: place(scale, value), text: shortNumber(value, spread) }));
}

/** Choose evenly spaced times and write them as finely as the range needs; values are milliseconds. */
export function timeTicks(scale: Scale, wanted = 3): Tick[] {
  const range = scale.high - scale.low;
  const options: Intl.DateTimeFormatOptions =
    range > 900 * DAY
      ? { year: "numeric" }
      : range > 60 * DAY
        ? { year: "numeric", month: "short" }
        : range > 2 * DAY
          ? { month: "short", day: "numeric" }
          : { hour: "2-digit", minute: "2-digit" };
  const format = new Intl.DateTimeFormat("en", { ...options, timeZone: "UTC" });
  return Array.from({ length: wanted }, (_, k) => {
    const at = k / (wanted - 1);
    return { at, text: format.format(valueAt(scale, at)) };
  });
}

/** The least, the middle, the greatest and what lies halfway, where they aren't one value and have room. */
function quantileTicks(scale: Scale, textOf: (value: number) => string): Tick[] {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: textOf(valueAt(scale, at)) }));
  return ticks.filter(({ text }, k) => ticks.findIndex((tick) => tick.text === text) === k);
}

/** Write a number in few characters: 12k, 3.4M, 0.021. */
export function shortNumber(value: number, spread = Math.abs(value), digits = 4): string {
  if (spread >= 1e4 || (spread > 0 && spread < 1e-3)) {
    return new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 }).format(value);
  }
  return new Intl.NumberFormat("en", { maximumSignificantDigits: digits }).format(value);
}

function roundValues(low: number, high: number, wanted: number): number[] {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= 0.7 * rough)!;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
}

function powers({ low, high, knee }: Scale): number[] {
  const least = knee ?? low;
  const positive = powersBetween(Math.max(low, least), high);
  if (low > 0) return positive;
  const negative = powersBetween(least, -low)
    .map((power) => -power)
    .reverse();
  return [...negative, 0, ...positive.slice(-3)];
}

/** Powers of ten from low to high, both above 0, at most five. */
function powersBetween(low: number, high: number): number[] {
  const first = Math.ceil(Math.log10(low));
  const last = Math.floor(Math.log10(high));
  const all = Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => 10 ** (first + k));
  return all.filter((_, k) => k % Math.ceil(all.length / 5) === 0);
}
