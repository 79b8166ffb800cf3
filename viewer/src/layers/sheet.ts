/** One level of sprite pages on the GPU: asks for pages, uploads them one at a time, fades them in. */

import type { SpriteLevel } from "../bundle/index.ts";
import { TEXEL_BYTES, type TexelFormat, Texture, TextureArray } from "../gl/texture.ts";
import { PageLayers } from "./pages.ts";

/** Fetches and decodes a page of a level. */
export type ReadPage = (level: SpriteLevel, page: number) => Promise<ImageBitmap>;

/** Pages that are fetched and decoded at the same time. */
const IN_FLIGHT = 3;
const FADE_MS = 220;
/** A page that failed is asked for again after this long. */
const RETRY_MS = 8000;
/** Entries a row of the table, as in shaders/pictured.glsl. */
const TABLE_WIDTH = 256;

export class SpriteSheet {
  readonly texture: TextureArray;
  readonly table: Texture;
  /** Items a page holds. */
  readonly cells: number;
  readonly layers: number;
  private readonly placed: PageLayers;
  /** Page → when it was uploaded; leaves once its fade has ended. */
  private readonly fading = new Map<number, number>();
  private readonly asked = new Set<number>();
  private readonly failed = new Map<number, number>();
  private readonly arrived: { page: number; image: ImageBitmap }[] = [];
  private readonly entries: Uint8Array;
  private wanted: readonly number[] = [];
  /** The list last wanted, where all of it is there. */
  private had: readonly number[] | null = null;
  private disposed = false;

  constructor(
    gl: WebGL2RenderingContext,
    readonly level: SpriteLevel,
    format: TexelFormat,
    bytes: number,
    private readonly read: ReadPage,
    /** Called when a page has arrived and a frame is needed to upload it. */
    private readonly onArrival: () => void,
  ) {
    const { page, cell, pages } = level;
    const height = Math.max(...pages.map((p) => p.height));
    const most = gl.getParameter(gl.MAX_ARRAY_TEXTURE_LAYERS) as number;
    const room = Math.floor(bytes / (page * height * TEXEL_BYTES[format]));
    this.layers = Math.max(1, Math.min(pages.length, room, most, 256));
    this.cells = (page / cell) * Math.floor(height / cell);
    this.texture = new TextureArray(gl, page, height, this.layers, format);
    this.table = new Texture(gl, TABLE_WIDTH, Math.ceil(pages.length / TABLE_WIDTH), "rgba8", false);
    this.entries = new Uint8Array(this.table.width * this.table.height * 4);
    this.table.write(this.entries);
    this.placed = new PageLayers(this.layers);
  }

  /** Say which pages are needed now, most needed first; at most `layers` of them. The same list may be given at each frame. */
  want(pages: readonly number[], now: number): void {
    if (pages === this.had) return;
    this.wanted = pages.slice(0, this.layers);
    for (let k = this.wanted.length - 1; k >= 0; k--) this.placed.touch(this.wanted[k] as number);
    this.ask(now);
    this.had = this.wanted.every((page) => this.placed.has(page)) ? pages : null;
  }

  /** Whether every page that is wanted, and can be had, is there and has faded in. */
  get settled(): boolean {
    return (
      this.fading.size === 0 &&
      this.arrived.length === 0 &&
      (this.had !== null || this.wanted.every((p) => this.placed.has(p) || this.failed.has(p)))
    );
  }

  get held(): number {
    return this.placed.size;
  }

  get fadesRunning(): boolean {
    return this.fading.size > 0;
  }

  /** Upload one page that has arrived; returns its size in bytes, 0 where there was none. */
  upload(now: number): number {
    for (;;) {
      const next = this.arrived.shift();
      if (!next) return 0;
      const { page, image } = next;
      if (!this.wanted.includes(page) || this.placed.has(page)) {
        image.close();
        continue;
      }
      const { layer, evicted } = this.placed.place(page);
      if (evicted !== null) this.enter(evicted, 0, 0);
      this.texture.upload(layer, image);
      const bytes = image.width * image.height * TEXEL_BYTES[this.texture.format];
      image.close();
      this.enter(page, layer, 0);
      this.fading.set(page, now);
      this.table.write(this.entries);
      this.ask(now);
      return bytes;
    }
  }

  /** Bring fades on; `instant` ends them all. */
  fade(now: number, instant: boolean): void {
    if (this.fading.size === 0) return;
    for (const [page, since] of this.fading) {
      const t = instant ? 1 : Math.min((now - since) / FADE_MS, 1);
      this.entries[page * 4 + 1] = Math.round(255 * t);
      if (t >= 1) this.fading.delete(page);
    }
    this.table.write(this.entries);
  }

  dispose(): void {
    this.disposed = true;
    for (const { image } of this.arrived) image.close();
    this.texture.dispose();
    this.table.dispose();
  }

  private enter(page: number, layer: number, readiness: number): void {
    this.entries[page * 4] = layer;
    this.entries[page * 4 + 1] = readiness;
    if (readiness === 0) this.fading.delete(page);
  }

  /** Start reading wanted pages, in their order, as long as few are on their way. */
  private ask(now: number): void {
    for (const page of this.wanted) {
      if (this.asked.size + this.arrived.length >= IN_FLIGHT) return;
      const onItsWay = this.asked.has(page) || this.arrived.some((a) => a.page === page);
      if (this.placed.has(page) || onItsWay || now - (this.failed.get(page) ?? -RETRY_MS) < RETRY_MS)
        continue;
      this.asked.add(page);
      this.read(this.level, page).then(
        (image) => this.receive(page, image),
        () => this.fail(page, now),
      );
    }
  }

  private receive(page: number, image: ImageBitmap): void {
    this.asked.delete(page);
    if (this.disposed) {
      image.close();
      return;
    }
    this.failed.delete(page);
    this.arrived.push({ page, image });
    this.onArrival();
  }

  /** Leave the page out for a while: its items stay dots, or their coarser cells. */
  private fail(page: number, now: number): void {
    this.asked.delete(page);
    this.failed.set(page, now);
    if (!this.disposed) this.onArrival();
  }
}
