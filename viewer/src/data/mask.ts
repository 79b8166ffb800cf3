/** One byte an item in display order: 1 where it belongs, 0 where not. */
export type Mask = Uint8Array<ArrayBuffer>;

/** A mask's items four at a time, for loops over millions; those that remain at its end are left out. */
export function inFours(mask: Mask): Uint32Array<ArrayBuffer> {
  const whole = mask.byteOffset % 4 === 0 ? mask.length >> 2 : 0;
  return whole > 0 ? new Uint32Array(mask.buffer, mask.byteOffset, whole) : new Uint32Array(0);
}

/** Items that belong to all masks; null stands for all items, as a mask that is not there does. */
export function allOf(masks: readonly (Mask | null)[]): Mask | null {
  const [first, ...rest] = masks.filter((mask) => mask !== null);
  if (!first || rest.length === 0) return first ?? null;
  return rest.reduce(narrow, first.slice());
}

/** Leave out of a mask, in place, what doesn't belong to another; null leaves all. */
export function narrow(mask: Mask, by: Mask | null): Mask {
  if (!by) return mask;
  const [fours, others] = [inFours(mask), inFours(by)];
  for (let k = 0; k < fours.length; k++) fours[k]! &= others[k]!;
  for (let item = 4 * fours.length; item < mask.length; item++) mask[item]! &= by[item]!;
  return mask;
}

/** How many items belong. */
export function countOf(mask: Mask): number {
  const fours = inFours(mask);
  let count = 0;
  for (let k = 0; k < fours.length; k++) count += Math.imul(fours[k]!, 0x01010101) >>> 24;
  for (let item = 4 * fours.length; item < mask.length; item++) count += mask[item]!;
  return count;
}

/** The items that belong, ascending. */
export function itemsOf(mask: Mask): Uint32Array {
  const items = new Uint32Array(countOf(mask));
  let k = 0;
  for (let item = 0; item < mask.length; item++) if (mask[item]) items[k++] = item;
  return items;
}

/** A mask of `count` items to which these belong; those beyond its end are left out. */
export function maskOf(items: ArrayLike<number>, count: number): Mask {
  const mask = new Uint8Array(count);
  for (let k = 0; k < items.length; k++) if (items[k]! < count) mask[items[k]!] = 1;
  return mask;
}
