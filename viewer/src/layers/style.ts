/** How each item looks, as the GPU stores it: a colour and a light an item, the last item first. */

import { countOf, type Mask } from "../data/mask.ts";

/** Colour of items that have been given none. */
const UNCOLORED = 0x969696;
const LIT = 0xff000000;

export class ItemStyle {
  /** (count) words of sRGB in the low three bytes, last item first. */
  readonly colors: Uint32Array<ArrayBuffer>;
  /** (count) bytes, 1 for lit and 0 for dim, last item first: apart from the colours, for a brush changes it at every step. */
  readonly light: Uint8Array<ArrayBuffer>;
  /** Grows with every change. */
  version = 0;
  /** Items that are not dimmed. */
  bright: number;
  /** What they were last dimmed by. */
  private dim: Mask | null = null;

  constructor(readonly count: number) {
    this.colors = new Uint32Array(count).fill(UNCOLORED);
    this.light = new Uint8Array(count).fill(1);
    this.bright = count;
  }

  /** Colours and light in one, 255 for lit in the highest byte; made anew at each call. */
  get words(): Uint32Array<ArrayBuffer> {
    const { light } = this;
    return this.colors.map((color, at) => wordOf(color, light[at] as number));
  }

  isLit(item: number): boolean {
    return this.light[this.count - 1 - item] === 1;
  }

  /** @param rgb (count × 3) sRGB, in display order. */
  setColors(rgb: Uint8Array): void {
    const { colors, count } = this;
    this.version++;
    this.check("colours", rgb.length, count * 3);
    for (let at = count - 1, k = 0; at >= 0; at--, k += 3)
      colors[at] = (rgb[k] as number) | ((rgb[k + 1] as number) << 8) | ((rgb[k + 2] as number) << 16);
  }

  /**
   * Colour items by code.
   * @param codes one an item, in display order.
   * @param table sRGB by code, count × 3.
   */
  setTint(codes: ArrayLike<number>, table: Uint8Array): void {
    const { colors, count } = this;
    this.version++;
    this.check("codes", codes.length, count);
    const known = new Uint32Array(table.length / 3);
    for (let code = 0, k = 0; code < known.length; code++, k += 3)
      known[code] = (table[k] as number) | ((table[k + 1] as number) << 8) | ((table[k + 2] as number) << 16);
    for (let item = 0, at = count - 1; item < count; item++, at--)
      colors[at] = known[codes[item] as number] as number;
  }

  /** @param mask one byte an item, 0 to dim it; null lights all. Returns whether that changed anything. */
  setDim(mask: Mask | null): boolean {
    if (mask) this.check("the mask", mask.length, this.count);
    if (mask === this.dim) return false;
    this.dim = mask;
    this.version++;
    if (mask) {
      this.light.set(mask);
      this.light.reverse();
    } else this.light.fill(1);
    this.bright = mask ? countOf(mask) : this.count;
    return true;
  }

  /** The chosen items' words, in the order of the choice. */
  picked(items: ArrayLike<number>): Uint32Array<ArrayBuffer> {
    const { colors, light, count } = this;
    const out = new Uint32Array(items.length);
    for (let k = 0; k < items.length; k++) {
      const at = count - 1 - (items[k] as number);
      out[k] = wordOf(colors[at] as number, light[at] as number);
    }
    return out;
  }

  /** The chosen items' words as if all of them were lit. */
  lit(items: ArrayLike<number>): Uint32Array<ArrayBuffer> {
    return this.picked(items).map((word) => word | LIT);
  }

  private check(what: string, got: number, expected: number): void {
    if (got === expected) return;
    throw new RangeError(
      `${what} must have ${expected} bytes for this map's ${this.count} items; got ${got}`,
    );
  }
}

/** A colour and its light, 0 or 1, in one word. */
function wordOf(color: number, light: number): number {
  return color | (-light << 24);
}
