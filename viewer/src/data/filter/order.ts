/** Items in the order of their keys: a brush whose ends move changes only the items between their old places and the new. */

/** A stretch of the order: ranks from the first on, up to the one before the end. */
export type Ranks = readonly [first: number, end: number];

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

export class KeyOrder {
  /** Items by ascending key. */
  readonly items: Uint32Array;

  constructor(private readonly keys: Int32Array) {
    this.items = sortedByKey(keys);
  }

  /** The ranks of the keys from `low` to `high`, both included; an empty stretch where there are none. */
  ranksOf(low: number, high: number): Ranks {
    const first = this.firstFrom(low);
    return [first, high < low ? first : Math.max(this.firstFrom(high + 1), first)];
  }

  /** The rank of the first item whose key is at least this. */
  private firstFrom(key: number): number {
    const { keys, items } = this;
    let [low, high] = [0, items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[items[middle]!]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The ranks that lie in one of two stretches and not in both. */
export function differenceOf(one: Ranks, other: Ranks): Ranks[] {
  const [from, until] = [Math.max(one[0], other[0]), Math.min(one[1], other[1])];
  if (from >= until) return [one, other]; // apart
  return [
    [Math.min(one[0], other[0]), from],
    [until, Math.max(one[1], other[1])],
  ];
}

/** Sort by the low digits first, each pass keeping what equal digits have been put in. */
function sortedByKey(keys: Int32Array): Uint32Array {
  const count = keys.length;
  let items = Uint32Array.from(keys.keys());
  let next = new Uint32Array(count);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const starts = new Uint32Array(DIGITS + 1);
    const digitOf = (key: number) => ((key ^ 0x8000_0000) >>> shift) & (DIGITS - 1); // signed keys, least first
    for (let i = 0; i < count; i++) starts[digitOf(keys[i]!) + 1]!++;
    for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1]! += starts[digit]!;
    for (let k = 0; k < count; k++) {
      const item = items[k]!;
      next[starts[digitOf(keys[item]!)]!++] = item;
    }
    [items, next] = [next, items];
  }
  return items;
}
