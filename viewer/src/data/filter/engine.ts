/**
 * Filters millions of items on flat arrays, and counts each facet's values under the other filters.
 *
 * Every filter owns a bit: `failed[item]` holds the bits of the filters that the item fails, so an item passes all where
 * the word is 0. A brush changes one bit of few items: these are collected in the pass that finds them, and counts
 * follow by those items alone. Of a column that a brush moves over, the items are put in order (as in crossfilter): then only
 * those between the brush's old ends and its new ones are looked at.
 */

import { NO_CATEGORY } from "../category.ts";
import type { Mask } from "../mask.ts";
import { LEAST_KEY, MISSING_KEY } from "./keys.ts";
import { differenceOf, KeyOrder, type Ranks } from "./order.ts";
import {
  type Filter,
  NO_RULES,
  type RangeFilter,
  type Rules,
  sameFilter,
  type ValuesFilter,
} from "./rules.ts";

/** What the engine holds of a column. */
export interface FilterColumn {
  /** Each item's place in the column's counts; the last place is "no value". A category's place is its code. */
  readonly codes: Uint16Array;
  readonly places: number;
  /** Of numbers and times: each item's value as a key that sorts alike, see keys.ts; null for categories. */
  readonly keys: Int32Array | null;
  /** The least key at or above a value, and the greatest at or below it. */
  readonly keyFrom: (value: number) => number;
  readonly keyUntil: (value: number) => number;
}

interface Held extends FilterColumn {
  /** Null until they are asked for, or when too much has changed to follow. */
  counts: Uint32Array | null;
  /** The filter, and its bit; 0 where the column has none. */
  bit: number;
  filter: Filter | null;
  /** The items by their keys; null until a brush is expected to move on. */
  order: KeyOrder | null;
}

/** Beyond this share of the items, counting anew is cheaper than following the changes. */
const FEW = 0.25;

export class FilterEngine {
  private readonly failed: Int32Array;
  private readonly changed: Int32Array;
  private readonly columns = new Map<string, Held>();
  /** One byte an item, 1 where it passes, and how many do; it follows changes as counts do. */
  private readonly lit: Mask;
  private litIsStale = true;
  /** How many items pass, as of the last mask. */
  matching: number;
  private rules: Rules = NO_RULES;
  private active = 0;

  constructor(readonly count: number) {
    this.failed = new Int32Array(count);
    this.changed = new Int32Array(count + 1); // one more, that is written and never read
    this.lit = new Uint8Array(count);
    this.matching = count;
  }

  has(column: string): boolean {
    return this.columns.has(column);
  }

  /** Add a column, or bin it anew. */
  setColumn(name: string, column: FilterColumn): void {
    const { bit = 0, filter = null, order = null } = this.columns.get(name) ?? {};
    this.columns.set(name, { ...column, counts: null, bit, filter, order });
  }

  /** Put the items of one column that a brush has begun to filter in order, so that it moves on lightly; false where all are. */
  prepare(): boolean {
    for (const held of this.columns.values()) {
      if (held.order || !held.keys || held.filter?.kind !== "range") continue;
      held.order = new KeyOrder(held.keys);
      return true;
    }
    return false;
  }

  /** Filter by these rules, whose columns must be there. */
  apply(rules: Rules): void {
    const { rules: before, active } = this;
    const edits = editsBetween(before, rules);
    const sameSense = before.match === rules.match;
    this.rules = rules;
    if (edits.length === 0 && sameSense) return;
    const byActive = rules.match === "any" || rules.match === "none"; // their sense hangs on which filters there are
    let followed = false;
    for (const [name, filter] of edits) {
      const held = this.column(name);
      const { bit, changed } = this.edit(held, filter);
      const few = changed <= FEW * this.count;
      followed = edits.length === 1 && sameSense && few && (!byActive || active === this.active);
      if (followed) this.follow(held, bit, changed);
    }
    if (followed) return;
    this.litIsStale = true;
    for (const held of this.columns.values()) held.counts = null;
  }

  /** Items that pass, as a new mask; null where nothing is filtered. */
  mask(): Mask | null {
    if (this.rules.filters.length === 0) {
      this.matching = this.count;
      this.litIsStale = true;
      return null;
    }
    if (this.litIsStale) this.light();
    return this.lit.slice();
  }

  private light(): void {
    const { failed, active, count, lit } = this;
    const { match } = this.rules;
    const word = match === "all" || match === "not-all" ? 0 : active;
    const equal = match === "all" || match === "none" ? 1 : 0;
    let matching = 0;
    for (let i = 0; i < count; i++) {
      const passes = Number(failed[i] === word) ^ equal ^ 1;
      lit[i] = passes;
      matching += passes;
    }
    this.matching = matching;
    this.litIsStale = false;
  }

  /**
   * Counts of a column's bins: among the items that pass all *other* filters, so that the column's own filter can be
   * widened by what is seen; where filters compose otherwise, among the items that pass.
   */
  counts(name: string): Uint32Array {
    const held = this.column(name);
    held.counts ??= this.recount(held);
    return held.counts;
  }

  /** Let counts that nobody looks at go, rather than follow every change. */
  forget(name: string): void {
    const held = this.columns.get(name);
    if (held) held.counts = null;
  }

  private column(name: string): Held {
    const held = this.columns.get(name);
    if (!held) throw new RangeError(`column ${JSON.stringify(name)} has not been read`);
    return held;
  }

  /** Give a column another filter or none. How many items changed is returned; which, is in `changed`. */
  private edit(held: Held, filter: Filter | null): { bit: number; changed: number } {
    const bit = held.bit || (filter ? this.freeBit() : 0);
    const changed = filter
      ? (this.move(held, bit, filter) ?? this.mark(held, bit, filter))
      : this.unmark(bit);
    held.bit = filter ? bit : 0;
    held.filter = filter;
    this.active = filter ? this.active | bit : this.active & ~bit;
    return { bit, changed };
  }

  private freeBit(): number {
    const bit = ~this.active & (this.active + 1);
    if (bit <= 0) throw new RangeError("more filters at once than an engine's word has bits");
    return bit;
  }

  private mark(held: Held, bit: number, filter: Filter): number {
    return filter.kind === "values" ? this.markValues(held, bit, filter) : this.markRange(held, bit, filter);
  }

  private markValues({ codes: places, places: all }: Held, bit: number, filter: ValuesFilter): number {
    const { failed, changed, count } = this;
    const { codes, not } = filter;
    const fails = new Int32Array(all).fill(not ? 0 : bit);
    for (const code of codes) fails[code === NO_CATEGORY ? all - 1 : code] = not ? bit : 0;
    const shift = Math.clz32(bit) ^ 31;
    let n = 0;
    for (let i = 0; i < count; i++) {
      const word = failed[i]!;
      const flip = (word & bit) ^ fails[places[i]!]!;
      failed[i] = word ^ flip;
      changed[n] = i; // without a branch: what doesn't change is written over
      n += flip >>> shift;
    }
    return n;
  }

  /** Change only the items that a moved brush has left or reached; null where that is not all, or not few. */
  private move({ order, filter: before, ...held }: Held, bit: number, filter: Filter): number | null {
    if (!order || before?.kind !== "range" || filter.kind !== "range") return null;
    if (before.missing !== filter.missing || before.not !== filter.not) return null;
    const [old, now] = [before, filter].map((one) => order.ranksOf(...keyBounds(held, one))) as [
      Ranks,
      Ranks,
    ];
    const moved = differenceOf(old, now);
    if (moved.reduce((sum, [first, end]) => sum + end - first, 0) > FEW * this.count) return null;
    const { failed, changed } = this;
    let n = 0;
    for (const [first, end] of moved) {
      for (let rank = first; rank < end; rank++) {
        const item = order.items[rank]!;
        failed[item]! ^= bit;
        changed[n++] = item;
      }
    }
    return n;
  }

  private markRange(held: Held, bit: number, filter: RangeFilter): number {
    const { failed, changed, count } = this;
    const { missing, not } = filter;
    const { keys } = held;
    if (!keys) throw new TypeError(`${filter.column} holds categories, which have no range`);
    const [low, high] = keyBounds(held, filter);
    const absent = missing ? 1 : 0;
    const sense = not ? 0 : 1;
    const shift = Math.clz32(bit) ^ 31;
    let n = 0;
    for (let i = 0; i < count; i++) {
      const key = keys[i]!;
      const within = (Number(key >= low) & Number(key <= high)) | (Number(key === MISSING_KEY) & absent);
      const word = failed[i]!;
      const flip = (word & bit) ^ ((within ^ sense) << shift);
      failed[i] = word ^ flip;
      changed[n] = i;
      n += flip >>> shift;
    }
    return n;
  }

  private unmark(bit: number): number {
    const { failed, changed, count } = this;
    let n = 0;
    for (let i = 0; i < count; i++) {
      const word = failed[i]!;
      if ((word & bit) === 0) continue;
      failed[i] = word ^ bit;
      changed[n++] = i;
    }
    return n;
  }

  /** Bring the kept counts up to date: `changed` of the items have just flipped this column's bit. */
  private follow(edited: Held, flipped: number, changed: number): void {
    if (!this.litIsStale) this.followLit(changed);
    for (const held of this.columns.values()) {
      if (!held.counts) continue;
      if (this.rules.match === "all") {
        if (held !== edited) this.followOthers(held, flipped, changed);
      } else this.followResult(held, flipped, changed);
    }
  }

  private followLit(changed: number): void {
    const { lit, failed } = this;
    for (let k = 0; k < changed; k++) {
      const item = this.changed[k]!;
      const passes = this.passes(failed[item]!) ? 1 : 0;
      this.matching += passes - lit[item]!;
      lit[item] = passes;
    }
  }

  private followOthers(held: Held, flipped: number, changed: number): void {
    const counts = held.counts!;
    const { codes } = held;
    const rest = ~(held.bit | flipped);
    for (let k = 0; k < changed; k++) {
      const item = this.changed[k]!;
      const word = this.failed[item]!;
      if ((word & rest) !== 0) continue;
      counts[codes[item]!]! += (word & flipped) === 0 ? 1 : -1;
    }
  }

  private followResult(held: Held, flipped: number, changed: number): void {
    const counts = held.counts!;
    const { codes } = held;
    for (let k = 0; k < changed; k++) {
      const item = this.changed[k]!;
      const word = this.failed[item]!;
      const now = this.passes(word);
      if (now !== this.passes(word ^ flipped)) counts[codes[item]!]! += now ? 1 : -1;
    }
  }

  private passes(word: number): boolean {
    switch (this.rules.match) {
      case "all":
        return word === 0;
      case "not-all":
        return word !== 0;
      case "any":
        return word !== this.active;
      case "none":
        return word === this.active;
    }
  }

  private recount(held: Held): Uint32Array {
    const { codes, places } = held;
    const { failed, count } = this;
    const counts = new Uint32Array(places);
    if (this.rules.match === "all" || this.rules.filters.length === 0) {
      const others = ~held.bit;
      for (let i = 0; i < count; i++) if ((failed[i]! & others) === 0) counts[codes[i]!]!++;
    } else {
      for (let i = 0; i < count; i++) if (this.passes(failed[i]!)) counts[codes[i]!]!++;
    }
    return counts;
  }
}

/** The least and the greatest key within a filter's range; the greatest is less where there is no range. */
function keyBounds(
  { keyFrom, keyUntil }: Pick<FilterColumn, "keyFrom" | "keyUntil">,
  { range }: RangeFilter,
): [number, number] {
  const low = range?.[0] != null ? keyFrom(range[0]) : LEAST_KEY;
  if (range === null) return [low, LEAST_KEY - 1];
  return [low, range[1] !== null ? keyUntil(range[1]) : MISSING_KEY - 1];
}

/** Which columns' filters differ, and what they are now. */
function editsBetween(before: Rules, after: Rules): [string, Filter | null][] {
  const old = new Map(before.filters.map((filter) => [filter.column, filter]));
  const edits: [string, Filter | null][] = [];
  for (const filter of after.filters) {
    const was = old.get(filter.column);
    if (!was || !sameFilter(was, filter)) edits.push([filter.column, filter]);
    old.delete(filter.column);
  }
  for (const column of old.keys()) edits.unshift([column, null]); // gives bits back before new ones are taken
  return edits;
}
