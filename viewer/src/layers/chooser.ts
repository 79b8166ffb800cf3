/** Chooses which items are drawn as sprites in a frame, and which pages they need. */

import type { Box } from "../camera/camera.ts";
import type { PickIndex } from "../data/picking.ts";
import { InView } from "./inview.ts";
import { allowed, type Budget, NO_SPRITES, spriteLimit } from "./limit.ts";
import { wantedPages } from "./pages.ts";
import type { SpriteSheet } from "./sheet.ts";
import type { SpriteChoice } from "./sprites.ts";
import type { Stage } from "./stage.ts";
import type { ItemStyle } from "./style.ts";
import type { Transition } from "./transition.ts";

/** Gathering pays once the view shows less than this share of home's width. */
const NEAR = 0.7;
const NONE: readonly number[] = [];

export interface Situation {
  readonly transition: Transition;
  /** Null while the index of the layout shown is being built. */
  readonly index: PickIndex | null;
  readonly view: Box;
  /** Scale of the camera in parts of home's. */
  readonly zoom: number;
  readonly loaded: number;
  readonly style: ItemStyle;
  /** Device pixels. */
  readonly size: number;
  readonly budget: Budget;
  readonly share: number;
  readonly nearShare: number;
}

export class Chooser {
  private readonly inView = new InView();
  private gathered = false;
  /** The first pages of a level, by how many. */
  private readonly firsts = new Map<number, readonly number[]>();
  /** The pages that `inView.items` last asked for, most needed first. */
  private pages: { of: Uint32Array; wanted: readonly number[] } | null = null;
  limit = NO_SPRITES;
  /** Sprites in the last choice. */
  count = 0;
  /** The items in and around the view at the last choice; null where they are not few among all. */
  near: Uint32Array | null = null;

  /** @param levels ends of the map's levels of detail. */
  constructor(
    private readonly stage: Stage,
    private readonly levels: readonly number[],
  ) {}

  /** Choose anew at the next choice: positions have changed. */
  forget(): void {
    this.gathered = false;
    this.inView.forget();
  }

  /** Gather what was chosen anew: looks have changed. */
  regather(): void {
    this.gathered = false;
  }

  choose(now: Situation, time: number): SpriteChoice | null {
    this.count = 0;
    this.limit = NO_SPRITES;
    if (!this.stage.far) return null;
    const near = this.nearItems(now);
    this.near = near;
    this.wantPages(now, near, time);
    if (now.share <= 0) return null;
    this.limit = spriteLimit(this.levels, near ? near.length / now.loaded : 1, now.size, now.budget);
    return near ? this.gatheredChoice(now, near) : this.wholeChoice(now);
  }

  private wholeChoice({ loaded }: Situation): SpriteChoice {
    const { set, count: all } = this.stage.all;
    const { full, until, fraction } = this.limit;
    this.count = Math.min(Math.round(full + (until - full) * fraction), loaded);
    const count = Math.min(until, loaded);
    return { set, first: all - count, count };
  }

  /** The items in and around the view when the camera is near and nothing glides; null means all. */
  private nearItems({ transition, index, zoom, view }: Situation): Uint32Array | null {
    if (!index || transition.moving || zoom * NEAR < 1) return null;
    if (this.inView.update(index, view)) this.gathered = false;
    return this.inView.items;
  }

  private gatheredChoice({ transition, style }: Situation, items: Uint32Array): SpriteChoice | null {
    const { inView } = this.stage;
    if (!this.gathered) inView.gather(items, transition.from, transition.to, style.picked(items));
    this.gathered = true;
    this.count = 0;
    for (const item of items) if (allowed(this.limit, item) > 0) this.count++;
    return inView.set && { set: inView.set, first: 0, count: inView.count };
  }

  /** The coarser level is wanted whole, in display order; the finer one where it is about to be seen. */
  private wantPages(now: Situation, near: Uint32Array | null, time: number): void {
    const { far, near: finer } = this.stage;
    if (!far) return;
    far.want(this.firstPages(far.layers), time);
    if (!finer || now.transition.moving) return;
    const complete = far.layers === far.level.pages.length;
    if (now.share <= 0 || (now.nearShare <= 0 && complete)) finer.want(NONE, time);
    else if (near) finer.want(this.pagesOf(near, finer), time);
    else finer.want(this.firstPages(Math.min(finer.layers, Math.ceil(now.loaded / finer.cells))), time);
  }

  private pagesOf(items: Uint32Array, { cells, layers }: SpriteSheet): readonly number[] {
    if (this.pages?.of !== items) this.pages = { of: items, wanted: wantedPages(items, cells, layers) };
    return this.pages.wanted;
  }

  /** The same list at each call: most frames want what the last one did. */
  private firstPages(count: number): readonly number[] {
    const pages = this.firsts.get(count) ?? Array.from({ length: count }, (_, page) => page);
    this.firsts.set(count, pages);
    return pages;
  }
}
