/** How each item looks, as the GPU stores it: one 32-bit word an item, the last item first. */

import { inFours, type Mask } from "../data/mask.ts";

/** Colour of items that have been given none. */
const UNCOLORED = 0x969696;
const LIT = 0xff000000;

export class ItemStyle {
  /** (count) words of sRGB in the low three bytes and 255 for lit or 0 for dim in the highest, last item first. */
  readonly words: Uint32Array<ArrayBuffer>;
  /** Grows with every change. */
  version = 0;
  /** Items that are not dimmed. */
  bright: number;
  /** What they were last dimmed by. */
  private dim: Mask | null = null;

  constructor(readonly count: number) {
    this.words = new Uint32Array(count).fill(UNCOLORED | LIT);
    this.bright = count;
  }

  isLit(item: number): boolean {
    return (this.words[this.count - 1 - item] as number) >= LIT;
  }

  /** @param rgb (count × 3) sRGB, in display order. */
  setColors(rgb: Uint8Array): void {
    const { words, count } = this;
    this.version++;
    this.check("colours", rgb.length, count * 3);
    for (let item = 0, at = count - 1, k = 0; item < count; item++, at--, k += 3) {
      const color = (rgb[k] as number) | ((rgb[k + 1] as number) << 8) | ((rgb[k + 2] as number) << 16);
      words[at] = ((words[at] as number) & LIT) | color;
    }
  }

  /**
   * Colour items by code.
   * @param codes one an item, in display order.
   * @param table sRGB by code, count × 3.
   */
  setTint(codes: ArrayLike<number>, table: Uint8Array): void {
    const { words, count } = this;
    this.version++;
    this.check("codes", codes.length, count);
    const colors = new Uint32Array(table.length / 3);
    for (let code = 0, k = 0; code < colors.length; code++, k += 3)
      colors[code] =
        (table[k] as number) | ((table[k + 1] as number) << 8) | ((table[k + 2] as number) << 16);
    for (let item = 0, at = count - 1; item < count; item++, at--)
      words[at] = ((words[at] as number) & LIT) | (colors[codes[item] as number] as number);
  }

  /** @param mask one byte an item, 0 to dim it; null lights all. Returns whether that changed anything. */
  setDim(mask: Mask | null): boolean {
    if (mask) this.check("the mask", mask.length, this.count);
    const before = this.dim;
    if (mask === before) return false;
    this.dim = mask;
    this.version++;
    this.bright += before && mask ? this.follow(before, mask) : this.light(mask);
    return true;
  }

  /** Give every item its light; returns by how many the bright ones have grown. */
  private light(mask: Mask | null): number {
    const { words, count } = this;
    if (mask === null) {
      for (let at = 0; at < count; at++) words[at] = (words[at] as number) | LIT;
      return count - this.bright;
    }
    let bright = 0;
    for (let item = 0, at = count - 1; item < count; item++, at--) {
      const lit = mask[item] as number;
      words[at] = ((words[at] as number) & ~LIT) | (-lit << 24);
      bright += lit;
    }
    return bright - this.bright;
  }

  /** Change the light of the items that the masks differ in: a brush that moves on leaves most as they are. */
  private follow(before: Mask, after: Mask): number {
    const { words, count } = this;
    const [old, now] = [inFours(before), inFours(after)];
    let grown = 0;
    const turn = (item: number) => {
      const by = (after[item] as number) - (before[item] as number);
      if (by === 0) return;
      words[count - 1 - item] = (words[count - 1 - item] as number) ^ LIT;
      grown += by;
    };
    for (let k = 0; k < now.length; k++)
      if (old[k] !== now[k]) for (let item = 4 * k; item < 4 * k + 4; item++) turn(item);
    for (let item = 4 * now.length; item < count; item++) turn(item);
    return grown;
  }

  /** The chosen items' words, in the order of the choice. */
  picked(items: ArrayLike<number>): Uint32Array<ArrayBuffer> {
    const { words, count } = this;
    const out = new Uint32Array(items.length);
    for (let k = 0; k < items.length; k++) out[k] = words[count - 1 - (items[k] as number)] as number;
    return out;
  }

  /** The chosen items' words as if all of them were lit. */
  lit(items: ArrayLike<number>): Uint32Array<ArrayBuffer> {
    const words = this.picked(items);
    for (let k = 0; k < words.length; k++) words[k] = (words[k] as number) | LIT;
    return words;
  }

  private check(what: string, got: number, expected: number): void {
    if (got === expected) return;
    throw new RangeError(
      `${what} must have ${expected} bytes for this map's ${this.count} items; got ${got}`,
    );
  }
}
