/** A stretch of a histogram's axis that is being drawn: places 0 … 1, from left to right. */

import type { Column } from "../../bundle/index.ts";
import { place, type Scale, valueAt } from "../scale.ts";
import type { RangeFilter } from "./rules.ts";

export type Stretch = readonly [number, number];
/** What is taken hold of. */
export type Grip = "low" | "high" | "middle" | "new";

/** An open side lies at the axis's end. */
export function stretchOf(range: RangeFilter["range"], scale: Scale): Stretch | null {
  if (!range) return null;
  const [low, high] = range;
  return [low === null ? 0 : place(scale, low), high === null ? 1 : place(scale, high)];
}

/** What lies under a pointer at `at`: an end within `reach`, the middle, or nothing yet. */
export function gripAt(stretch: Stretch | null, at: number, reach: number): Grip {
  if (!stretch) return "new";
  const [low, high] = stretch;
  const [toLow, toHigh] = [Math.abs(at - low), Math.abs(at - high)];
  if (Math.min(toLow, toHigh) <= reach)
    return toLow < toHigh || (toLow === toHigh && at < low) ? "low" : "high";
  return at > low && at < high ? "middle" : "new";
}

/** The stretch after dragging from `from` to `to`; ends may cross, and a moved one keeps its width. */
export function dragged(stretch: Stretch | null, grip: Grip, from: number, to: number): Stretch {
  const [low, high] = stretch ?? [from, from];
  switch (grip) {
    case "new":
      return ordered(from, to);
    case "low":
      return ordered(to, high);
    case "high":
      return ordered(low, to);
    case "middle": {
      const by = Math.min(Math.max(to - from, -low), 1 - high);
      return [low + by, high + by];
    }
  }
}

function ordered(a: number, b: number): Stretch {
  const [low, high] = a < b ? [a, b] : [b, a];
  return [Math.max(low, 0), Math.min(high, 1)];
}

/** The bounds of a stretch, as round as a pixel allows; open where it reaches an end, for outliers lie there. */
export function rangeOf(
  [low, high]: Stretch,
  scale: Scale,
  column: Column,
): readonly [number | null, number | null] {
  return [
    low <= 0 ? null : boundAt(low, scale, column, "up"),
    high >= 1 ? null : boundAt(high, scale, column, "down"),
  ];
}

/** The value at a place, to a two-hundredth of the axis; of whole numbers and times, the next within. */
function boundAt(at: number, scale: Scale, column: Column, within: "up" | "down"): number {
  const value = valueAt(scale, at);
  const whole = column.kind === "time" || (column.kind === "number" && column.integer);
  if (whole) return within === "up" ? Math.ceil(value) : Math.floor(value);
  const near = Math.abs(valueAt(scale, Math.min(at + 0.005, 1)) - valueAt(scale, Math.max(at - 0.005, 0)));
  const digits = Math.ceil(-Math.log10(near || Math.abs(value) || 1));
  return digits > 0 && digits < 15 ? Number(value.toFixed(digits)) : roundTo(value, 10 ** -digits);
}

function roundTo(value: number, step: number): number {
  return Math.round(value / step) * step;
}
