/** Items on the GPU: two layouts' positions to glide between, each item's colour and its index. */

import { VertexBuffer } from "../gl/buffer.ts";
import { type AttributeSource, VertexArray } from "../gl/vertices.ts";
import { type Layout, MIDDLE } from "./layout.ts";

/** Attribute names by location, as in shaders/place.glsl. */
export const ITEM_ATTRIBUTES = [
  "a_posA",
  "a_fineA",
  "a_posB",
  "a_fineB",
  "a_color",
  "a_item",
  "a_lit",
] as const;

/** One layout's positions as vertex buffers. */
export class LayoutBuffers {
  readonly cells: VertexBuffer;
  readonly fine: VertexBuffer | null;

  /** @param cells another layout's, where its positions are the same ones, less finely known. */
  constructor(gl: WebGL2RenderingContext, capacity: number, fine: boolean, cells?: VertexBuffer) {
    this.cells = cells ?? new VertexBuffer(gl, capacity * 4, "dynamic");
    this.fine = fine ? new VertexBuffer(gl, capacity * 2, "dynamic") : null;
  }

  dispose(): void {
    this.cells.dispose();
    this.fine?.dispose();
  }
}

/**
 * A set of items, drawn in the order of their storage: later ones on top. Items with low display indices are stored last,
 * so that what a prefix of the display order shows stays on top as more is drawn.
 */
export class ItemSet {
  readonly color: VertexBuffer;
  readonly light: VertexBuffer;
  readonly index: VertexBuffer;
  private arrays: { points: VertexArray; quads: VertexArray } | null = null;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    readonly capacity: number,
  ) {
    this.color = new VertexBuffer(gl, capacity * 4, "dynamic");
    this.light = new VertexBuffer(gl, capacity, "dynamic");
    this.index = new VertexBuffer(gl, capacity * 4, "dynamic");
    // What a layout without a finer plane reads instead: attributes without an array keep this value.
    gl.vertexAttrib2f(1, MIDDLE, MIDDLE);
    gl.vertexAttrib2f(3, MIDDLE, MIDDLE);
  }

  /** Choose the layouts the items are mixed from. */
  setLayouts(a: LayoutBuffers, b: LayoutBuffers): void {
    this.disposeArrays();
    const sources: AttributeSource[] = [
      { location: 0, buffer: a.cells, components: 2, type: "u16" },
      { location: 2, buffer: b.cells, components: 2, type: "u16" },
      { location: 4, buffer: this.color, components: 4, type: "u8", normalized: true },
      { location: 5, buffer: this.index, components: 1, type: "u32" },
      { location: 6, buffer: this.light, components: 1, type: "u8" },
    ];
    if (a.fine) sources.push({ location: 1, buffer: a.fine, components: 2, type: "u8" });
    if (b.fine) sources.push({ location: 3, buffer: b.fine, components: 2, type: "u8" });
    const points = new VertexArray(this.gl, sources, 0);
    this.arrays = { points, quads: new VertexArray(this.gl, sources, 1) };
  }

  /** Draw `count` stored items from `first` on as points. */
  drawPoints(first: number, count: number): void {
    if (!this.arrays || count <= 0) return;
    this.arrays.points.bind();
    this.gl.drawArrays(this.gl.POINTS, first, count);
  }

  /** Draw `count` stored items from `first` on as quads. */
  drawQuads(first: number, count: number): void {
    if (!this.arrays || count <= 0) return;
    this.arrays.quads.bind(first);
    this.gl.drawArraysInstanced(this.gl.TRIANGLE_STRIP, 0, 4, count);
  }

  dispose(): void {
    this.disposeArrays();
    this.color.dispose();
    this.light.dispose();
    this.index.dispose();
  }

  private disposeArrays(): void {
    this.arrays?.points.dispose();
    this.arrays?.quads.dispose();
    this.arrays = null;
  }
}

/** `count` of a set's items from `first` on. */
export interface StoredItems {
  readonly set: ItemSet;
  readonly first: number;
  readonly count: number;
}

/** A layout's buffers, and how many items of the display order are in them. */
interface Kept {
  readonly buffers: LayoutBuffers;
  filled: number;
}

/** Layouts that stay on the GPU: two are mixed, and two more save a scrubbing hand their upload. */
const KEPT_LAYOUTS = 4;

/** All items of a map, stored from the last display index to the first, filled as their positions arrive. */
export class AllItems {
  readonly set: ItemSet;
  /** Layouts on the GPU, the least recently shown first: a sequence that is scrubbed binds them anew and moves no data. */
  private readonly kept = new Map<Layout, Kept>();
  private b: Kept | null = null;
  /** Items that have been told their numbers. */
  private numbered = 0;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    readonly count: number,
  ) {
    this.set = new ItemSet(gl, count);
  }

  /** Show a layout of which items 0 … loaded − 1 are known, gliding from `from` where it is given. */
  setLayouts(from: Layout | null, to: Layout, loaded: number): void {
    this.number(loaded);
    const a = from && from !== to ? this.keep(from, loaded) : null;
    this.b = this.keep(to, loaded);
    this.set.setLayouts((a ?? this.b).buffers, this.b.buffers);
    for (const [oldest, { buffers }] of [...this.kept].slice(0, -KEPT_LAYOUTS)) {
      this.kept.delete(oldest);
      buffers.dispose();
    }
  }

  /** How many items of a layout have been uploaded. */
  filledOf(layout: Layout): number {
    return (this.kept.get(layout) ?? this.coarser(layout)?.[1])?.filled ?? 0;
  }

  /** @param colors see ItemStyle: those stored from `first` on. */
  setColors(colors: Uint32Array, first: number): void {
    this.set.color.write(colors, first * 4);
  }

  /** @param light see ItemStyle: stored as the items are. */
  setLight(light: Uint8Array): void {
    this.set.light.write(light);
  }

  dispose(): void {
    for (const { buffers } of this.kept.values()) buffers.dispose();
    this.kept.clear();
    this.set.dispose();
  }

  /** Tell items 0 … loaded − 1 their numbers. */
  private number(loaded: number): void {
    if (loaded <= this.numbered) return;
    this.set.index.write(lastFirst(this.numbered, loaded), (this.count - loaded) * 4);
    this.numbered = loaded;
  }

  /** The layout's buffers, with items 0 … loaded − 1 in them, as the most recently shown. */
  private keep(layout: Layout, loaded: number): Kept {
    const kept = this.kept.get(layout) ?? this.open(layout);
    const { buffers, filled } = kept;
    if (filled < loaded) {
      buffers.cells.write(reversed(layout.cells, filled, loaded - filled), (this.count - loaded) * 4);
      if (layout.fine)
        buffers.fine?.write(reversed(layout.fine, filled, loaded - filled), (this.count - loaded) * 2);
      kept.filled = loaded;
    }
    this.kept.delete(layout);
    this.kept.set(layout, kept);
    return kept;
  }

  /** Make room for a layout; of one that is only known better than before, what has been uploaded stays. */
  private open(layout: Layout): Kept {
    const [coarse, before] = this.coarser(layout) ?? [];
    const buffers = new LayoutBuffers(this.gl, this.count, layout.fine !== null, before?.buffers.cells);
    if (!coarse || !before) return { buffers, filled: 0 };
    this.kept.delete(coarse);
    const { filled } = before;
    if (layout.fine) buffers.fine?.write(reversed(layout.fine, 0, filled), (this.count - filled) * 2);
    return { buffers, filled };
  }

  /** The same layout, where it has been uploaded known less well. */
  private coarser(layout: Layout): [Layout, Kept] | undefined {
    return [...this.kept].find(([{ cells, fine }]) => cells === layout.cells && fine === null);
  }
}

/** Items first … end − 1 in the order of their storage. */
function lastFirst(first: number, end: number): Uint32Array {
  const items = new Uint32Array(end - first);
  for (let k = 0, item = end - 1; item >= first; k++, item--) items[k] = item;
  return items;
}

/** A few items out of all, gathered anew whenever the choice changes. */
export class GatheredItems {
  set: ItemSet | null = null;
  private a: LayoutBuffers | null = null;
  private b: LayoutBuffers | null = null;
  count = 0;

  constructor(private readonly gl: WebGL2RenderingContext) {}

  /**
   * @param items display indices, descending, so that low ones are drawn on top.
   * @param style the items' words, see ItemStyle.
   */
  gather(items: ArrayLike<number>, from: Layout, to: Layout, style: Uint32Array): void {
    this.reserve(items.length, from, to);
    this.count = items.length;
    if (!this.set || !this.a || !this.b) return;
    for (const [buffers, layout] of [
      [this.a, from],
      [this.b, to],
    ] as const) {
      buffers.cells.write(picked(layout.cells, 2, items));
      if (layout.fine) buffers.fine?.write(picked(layout.fine, 2, items));
    }
    this.set.color.write(style);
    this.set.light.write(Uint8Array.from(style, (word) => word >>> 31));
    this.set.index.write(Uint32Array.from(items));
  }

  dispose(): void {
    this.a?.dispose();
    this.b?.dispose();
    this.set?.dispose();
    this.a = this.b = this.set = null;
    this.count = 0;
  }

  /** Hold at least as many items, in buffers that fit both layouts' planes. */
  private reserve(count: number, from: Layout, to: Layout): void {
    const fits = (buffers: LayoutBuffers | null, layout: Layout) =>
      (buffers?.fine != null) === (layout.fine !== null);
    if (this.set && this.set.capacity >= count && fits(this.a, from) && fits(this.b, to)) return;
    this.dispose();
    if (count === 0) return;
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(count, 64)));
    this.set = new ItemSet(this.gl, capacity);
    this.a = new LayoutBuffers(this.gl, capacity, from.fine !== null);
    this.b = new LayoutBuffers(this.gl, capacity, to.fine !== null);
    this.set.setLayouts(this.a, this.b);
  }
}

type Bytes = Uint8Array<ArrayBufferLike> | Uint16Array<ArrayBufferLike>;

/** Copy pairs first … first + count − 1 of a (n × 2) array, last one first: a pair is reversed as one wider number. */
export function reversed(values: Bytes, first: number, count: number): Uint16Array | Uint32Array {
  const copy = values.slice(2 * first, 2 * (first + count)); // aligned, for it starts a buffer of its own
  const pairs = copy instanceof Uint16Array ? new Uint32Array(copy.buffer) : new Uint16Array(copy.buffer);
  return pairs.reverse();
}

/** Copy the chosen items of a (n × components) array. */
export function picked<T extends Bytes>(values: T, components: number, items: ArrayLike<number>): T {
  const out = new (values.constructor as new (length: number) => T)(items.length * components);
  for (let k = 0; k < items.length; k++) {
    const from = (items[k] as number) * components;
    for (let c = 0; c < components; c++) out[k * components + c] = values[from + c] as number;
  }
  return out;
}
