/** Where things are on screen, and what is where. Items are display indices; screen points are CSS pixels on the canvas. */

import {
  type Box,
  type Camera,
  type Point,
  toMap,
  toScreen,
  type Viewport,
  visibleBox,
} from "../camera/camera.ts";
import type { CameraRig } from "../camera/rig.ts";
import { blocksOf } from "../data/blocks.ts";
import type { Mask } from "../data/mask.ts";
import { outlineRegion } from "../data/outline.ts";
import { boxRegion, itemsWithin, type Region } from "../data/region.ts";
import { type Layout, type Outline, placeOf, pointOf } from "../layers/layout.ts";
import type { Look } from "../layers/look.ts";
import type { Renderer } from "../layers/renderer.ts";
import { boxAroundItems, itemsInView } from "./inview.ts";
import type { Passage } from "./passage.ts";
import type { ScreenBox } from "./types.ts";

/** Items that a first region is tried on. */
const REHEARSED = 65_536;

export class Sight {
  /** The layout that regions were last prepared for. */
  private prepared: Layout | null = null;

  constructor(
    private readonly count: number,
    private readonly rig: CameraRig,
    private readonly passage: Passage,
    private readonly renderer: Renderer,
    private readonly projections: ReadonlySet<string>,
  ) {}

  get camera(): Camera {
    return this.rig.camera;
  }

  /** How items look now, and how large the canvas is, CSS pixels; null while there is no layout. */
  get look(): (Look & Viewport) | null {
    const { transition } = this.passage;
    return transition && { ...this.renderer.lookAt(this.camera, transition), ...this.rig.view };
  }

  /** CSS pixels across a sprite; null where items are dots. */
  get spriteSize(): number | null {
    const { transition } = this.passage;
    const look = transition && this.renderer.lookAt(this.camera, transition);
    return look && look.share >= 0.5 ? look.spriteSize : null;
  }

  /** The map point under a screen point. */
  mapOf(at: Point): Point {
    return toMap(this.camera, this.rig.view, at);
  }

  /** Where a map point is on screen, in sight or not. */
  screenAt(point: Point): Point {
    return toScreen(this.camera, this.rig.view, point);
  }

  /** An item's map point, on its way or at rest; null before its position has arrived. */
  pointOf(item: number): Point | null {
    const { transition, loaded } = this.passage;
    return transition && item >= 0 && item < loaded ? transition.pointOf(item) : null;
  }

  /** Where an item's map point will be once it rests; null before its position has arrived. */
  placeOf(item: number): Point | null {
    const { transition, loaded } = this.passage;
    return transition && item >= 0 && item < loaded ? pointOf(transition.to, item) : null;
  }

  /** Where an item's middle is on screen, in sight or not; null before its position has arrived. */
  screenOf(item: number): Point | null {
    const point = this.pointOf(item);
    return point && this.screenAt(point);
  }

  /** The square that an item's sprite covers on screen; null where it is a dot. */
  spriteBox(item: number): ScreenBox | null {
    const at = this.screenOf(item);
    const size = this.spriteSize;
    if (!at || size === null || !this.renderer.isSprite(item)) return null;
    const half = size / 2;
    return { left: at.x - half, top: at.y - half, right: at.x + half, bottom: at.y + half };
  }

  /**
   * Learn, while the first region is drawn, what is the same for all; and go through a part of the items once, so that the
   * browser has compiled what will go through all of them.
   */
  prepareRegions(): void {
    const { transition, loaded } = this.passage;
    if (!transition || this.prepared === transition.to) return;
    this.prepared = transition.to;
    blocksOf(transition.to, loaded);
    const few = Math.min(loaded, REHEARSED);
    const { x, y } = this.camera;
    const { minX, minY } = this.inView;
    const star = Array.from({ length: 48 }, (_, k) => {
      const [angle, reach] = [(k * Math.PI) / 24, 0.6 + 0.3 * (k % 2)];
      return { x: x + reach * (x - minX) * Math.cos(angle), y: y + reach * (y - minY) * Math.sin(angle) };
    });
    itemsWithin(firstOf(transition.to, few), few, few, outlineRegion(star));
  }

  /** Which items lie in a part of the map, or with null in the part that is in view. */
  itemsWithin(region: Region | null): Mask {
    const { transition, loaded } = this.passage;
    if (!transition) return new Uint8Array(this.count);
    const { minX, minY, maxX, maxY } = this.inView;
    const asked = region ?? boxRegion({ x: minX, y: minY }, { x: maxX, y: maxY });
    return itemsWithin(transition.to, loaded, this.count, asked);
  }

  /** The part of the map that is in view. */
  get inView(): Box {
    return visibleBox(this.camera, this.rig.view);
  }

  /** An outline in a projection's own units; null while items stand elsewhere: on a grid, or in a sequence's frame. */
  outlineOf(points: readonly Point[]): Outline | null {
    const layout = this.passage.transition?.to;
    if (!layout || layout.pitch !== undefined || !this.projections.has(layout.name)) return null;
    return { projection: layout.name, polygon: points.map((point) => placeOf(layout, point)) };
  }

  /** The first `limit` items of the display order that are on screen. */
  itemsInView(limit: number): Uint32Array {
    const shown = this.passage.shown(true);
    return shown ? itemsInView(shown, limit) : new Uint32Array(0);
  }

  /** The box around items, or null where none has a place yet. */
  boxAround(items: ArrayLike<number>): Box | null {
    const { transition, loaded } = this.passage;
    return transition && boxAroundItems(transition.to, loaded, items);
  }
}

/** The first items of a layout. */
function firstOf(layout: Layout, count: number): Layout {
  const { cells, fine } = layout;
  return { ...layout, cells: cells.subarray(0, 2 * count), fine: fine?.subarray(0, 2 * count) ?? null };
}
