/** Items in the order of a column, stable and with those that have no value at the end. */

import type { Column, Values } from "../bundle/index.ts";
import { MISSING_TIME, missingCode } from "../data/category.ts";

const LAST = 0xffff_ffff;

/** Sort items (ascending) by a column; a value's equals stay in display order either way. */
export function sortedByColumn(
  items: Uint32Array,
  column: Column,
  values: Values,
  descending: boolean,
): Uint32Array {
  const keys = keysOf(column, values, items);
  if (descending) for (let k = 0; k < keys.length; k++) if (keys[k] !== LAST) keys[k] = LAST - 1 - keys[k]!;
  return sortedByKeys(items, keys);
}

/** Whole numbers that stand in the order of the values; LAST where there is none. */
function keysOf(column: Column, values: Values, items: Uint32Array): Uint32Array {
  const keys = new Uint32Array(items.length);
  if (column.kind === "number") {
    const number = new Float32Array(1);
    const bits = new Uint32Array(number.buffer);
    for (let k = 0; k < items.length; k++) {
      number[0] = values[items[k]!]! + 0; // −0 is 0
      const pattern = bits[0]!;
      // The bits of a float stand in its order once negative ones are turned over.
      keys[k] = Number.isNaN(number[0])
        ? LAST
        : (pattern & 0x8000_0000 ? ~pattern : pattern | 0x8000_0000) >>> 0;
    }
    return keys;
  }
  const missing = column.kind === "time" ? MISSING_TIME : missingCode(values);
  for (let k = 0; k < items.length; k++) {
    const value = values[items[k]!]!;
    keys[k] = value === missing ? LAST : value;
  }
  return keys;
}

/** Sort by 32-bit keys in two counting passes of 16 bits. */
export function sortedByKeys(items: Uint32Array, keys: Uint32Array): Uint32Array {
  let order = Uint32Array.from(items.keys());
  for (const shift of [0, 16]) {
    const starts = new Uint32Array(65_537);
    for (let k = 0; k < order.length; k++) starts[((keys[k]! >>> shift) & 0xffff) + 1]!++;
    for (let digit = 0; digit < 65_536; digit++) starts[digit + 1]! += starts[digit]!;
    const next = new Uint32Array(order.length);
    for (let k = 0; k < order.length; k++) {
      const at = order[k]!;
      next[starts[(keys[at]! >>> shift) & 0xffff]!++] = at;
    }
    order = next;
  }
  return order.map((at) => items[at]!);
}
