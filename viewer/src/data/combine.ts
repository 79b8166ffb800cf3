/** How what is drawn anew joins what is chosen already. */

import type { Mask } from "./mask.ts";

export type Mode = "replace" | "add" | "subtract" | "intersect";

/** Join a region's items with those chosen before; null where none are left, for choosing nothing dims nothing. */
export function combined(before: Mask | null, drawn: Mask, mode: Mode): Mask | null {
  if (mode === "replace" || (mode === "add" && !before)) return orNothing(drawn.slice());
  if (!before) return null;
  const result = before.slice();
  const { length } = result;
  // A loop each: a choice within would be made for every item of a million.
  if (mode === "add") for (let item = 0; item < length; item++) result[item]! |= drawn[item]!;
  else if (mode === "subtract") for (let item = 0; item < length; item++) result[item]! &= 1 - drawn[item]!;
  else for (let item = 0; item < length; item++) result[item]! &= drawn[item]!;
  return orNothing(result);
}

/** The items among `among` (all where null) that are not chosen. */
export function inverted(chosen: Mask | null, among: Mask | null, count: number): Mask | null {
  const result = new Uint8Array(count);
  for (let item = 0; item < count; item++) {
    result[item] = (among ? among[item]! : 1) & (chosen ? 1 - chosen[item]! : 1);
  }
  return orNothing(result);
}

/** Put single items in or take them out: all in, unless all were in already. */
export function toggled(chosen: Mask | null, items: readonly number[], count: number): Mask | null {
  const result = chosen?.slice() ?? new Uint8Array(count);
  const value = items.every((item) => result[item]) ? 0 : 1;
  for (const item of items) result[item] = value;
  return orNothing(result);
}

function orNothing(mask: Mask): Mask | null {
  return mask.includes(1) ? mask : null;
}
