/** One byte an item in display order: 1 where it belongs, 0 where not. */
export type Mask = Uint8Array<ArrayBuffer>;

/** Items that belong to all masks; null stands for all items, as a mask that is not there does. */
export function allOf(masks: readonly (Mask | null)[]): Mask | null {
  const [first, ...rest] = masks.filter((mask) => mask !== null);
  if (!first || rest.length === 0) return first ?? null;
  const result = first.slice();
  for (const mask of rest) {
    for (let item = 0; item < result.length; item++) result[item]! &= mask[item]!;
  }
  return result;
}

/** How many items belong. */
export function countOf(mask: Mask): number {
  let count = 0;
  for (let item = 0; item < mask.length; item++) count += mask[item]!;
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
