/** Original images of the few items that one looks at from very near, in place of their thumbnails. */

import type { Program } from "../gl/program.ts";
import { TextureArray } from "../gl/texture.ts";
import fragment from "../shaders/original.frag?raw";
import vertex from "../shaders/original.vert?raw";
import { itemProgram } from "./compose.ts";
import { GatheredItems } from "./items.ts";
import { ONLY, type Scene, type Shared } from "./scene.ts";
import { frameUniforms } from "./sprites.ts";
import type { ItemStyle } from "./style.ts";
import type { Transition } from "./transition.ts";

/** Fetches and decodes an item's original, at most SIDE pixels on its longer side. */
export type ReadOriginal = (item: number, side: number, signal: AbortSignal) => Promise<ImageBitmap>;

/** Originals held, their largest side in pixels, and how many are fetched at once. */
const HELD = 32;
const SIDE = 256;
const AT_ONCE = 4;
const FADE_MS = 220;
const UNIT = 6;
/** Smaller cells mean that no image was larger: the thumbnail is the original. */
const LARGEST_CELL = 64;

interface Original {
  readonly layer: number;
  readonly width: number;
  readonly height: number;
  /** When it came, milliseconds. */
  readonly since: number;
}

/** What originals are drawn for. */
export interface Shown {
  readonly transition: Transition;
  readonly style: ItemStyle;
  /** Items that lie on top of the others. */
  readonly above: readonly number[];
}

export class Originals {
  private readonly program: Program;
  private texture: TextureArray | null = null;
  private readonly gathered: GatheredItems;
  /** The least recently wanted first. */
  private readonly held = new Map<number, Original>();
  private readonly loading = new Map<number, AbortController>();
  private readonly failed = new Set<number>();
  private wanted: readonly number[] = [];
  private arrived: { item: number; image: ImageBitmap }[] = [];
  private drawn: { items: readonly number[]; to: object; version: number } | null = null;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly read: ReadOriginal,
    private readonly onArrival: () => void,
  ) {
    this.program = itemProgram(gl, vertex, fragment);
    this.gathered = new GatheredItems(gl);
  }

  /** Whether all that is wanted, and can be had, is there. */
  get settled(): boolean {
    return this.loading.size === 0 && this.arrived.length === 0;
  }

  /** Originals in sight. */
  get count(): number {
    return this.wanted.filter((item) => this.held.has(item)).length;
  }

  /** Whether any is in sight. */
  get shows(): boolean {
    return this.wanted.length > 0 && this.count > 0;
  }

  /** Whether an image of this many device pixels has more to show than its thumbnail. */
  static pays(size: number, cell: number): boolean {
    return cell >= LARGEST_CELL && size > 1.25 * cell;
  }

  /** Want these items' originals, the most important first. */
  want(items: readonly number[]): void {
    this.wanted = items.slice(0, HELD);
    for (const [item, controller] of this.loading) if (!this.wanted.includes(item)) controller.abort();
    for (const item of this.wanted) {
      if (this.loading.size >= AT_ONCE) break;
      const known = this.held.has(item) || this.loading.has(item) || this.failed.has(item);
      if (!known && !this.arrived.some((one) => one.item === item)) void this.load(item);
    }
  }

  /** Upload one that has come; returns whether one did. */
  upload(now: number): boolean {
    const next = this.arrived.shift();
    if (!next) return false;
    const { item, image } = next;
    this.texture ??= new TextureArray(this.gl, SIDE, SIDE, HELD, "rgba8");
    const layer = this.freeLayer();
    this.texture.upload(layer, image);
    this.held.set(item, { layer, width: image.width, height: image.height, since: now });
    image.close();
    return true;
  }

  /** Draw what is there over the thumbnails; returns whether one of them is still coming in. */
  draw(scene: Scene, shared: Shared, now: number, { transition, style, above }: Shown): boolean {
    const last = (item: number) => (above.includes(item) ? 1 : 0);
    const items = this.wanted
      .filter((item) => this.held.has(item))
      .sort((a, b) => last(a) - last(b) || b - a);
    if (items.length === 0 || !this.texture) return false;
    this.gather(items, transition, style);
    const { set } = this.gathered;
    if (!set) return false;
    this.texture.bind(UNIT);
    let coming = false;
    items.forEach((item, k) => {
      const { layer, width, height, since } = this.held.get(item) as Original;
      const shown = Math.min((now - since) / FADE_MS, 1);
      coming ||= shown < 1;
      const longer = Math.max(width, height);
      this.program.use(...shared, {
        u_only: ONLY.all,
        u_size: scene.spriteSize * scene.pixelRatio,
        u_originals: UNIT,
        u_layer: layer,
        u_covers: [width / longer, height / longer],
        u_texels: [width / SIDE, height / SIDE],
        u_shown: shown,
        ...frameUniforms(scene.spriteSize, scene.pixelRatio),
      });
      this.gl.blendFunc(this.gl.ONE, this.gl.ONE_MINUS_SRC_ALPHA);
      set.drawQuads(k, 1);
    });
    return coming;
  }

  dispose(): void {
    for (const controller of this.loading.values()) controller.abort();
    this.program.dispose();
    this.texture?.dispose();
    this.gathered.dispose();
  }

  private gather(items: readonly number[], { from, to }: Transition, style: ItemStyle): void {
    const { drawn } = this;
    const same = drawn?.to === to && drawn.version === style.version && String(drawn.items) === String(items);
    if (same) return;
    this.gathered.gather(items, from, to, style.picked(items));
    this.drawn = { items, to, version: style.version };
  }

  private async load(item: number): Promise<void> {
    const controller = new AbortController();
    this.loading.set(item, controller);
    try {
      const image = await this.read(item, SIDE, controller.signal);
      this.arrived.push({ item, image });
    } catch {
      if (!controller.signal.aborted) this.failed.add(item); // its thumbnail stays
    } finally {
      this.loading.delete(item);
      this.onArrival();
    }
  }

  /** A layer that is free, or that of the original not wanted for longest. */
  private freeLayer(): number {
    if (this.held.size < HELD) {
      const taken = new Set([...this.held.values()].map(({ layer }) => layer));
      for (let layer = 0; layer < HELD; layer++) if (!taken.has(layer)) return layer;
    }
    const oldest = [...this.held].find(([item]) => !this.wanted.includes(item)) ?? [...this.held][0];
    const [item, { layer }] = oldest as [number, Original];
    this.held.delete(item);
    return layer;
  }
}
