/** Chooses which items are drawn as sprites in a frame, and which pages they need. */

import type { Box } from "../camera/camera.ts";
import type { PickIndex } from "../data/picking.ts";
import { InView } from "./inview.ts";
import { picked } from "./items.ts";
import { wantedPages } from "./pages.ts";
import { type Budget, spriteLimit } from "./size.ts";
import type { SpriteChoice } from "./sprites.ts";
import type { Stage } from "./stage.ts";
import type { Transition } from "./transition.ts";

/** Gathering pays once the view shows less than this share of home's width. */
const NEAR = 0.7;

export interface Situation {
  readonly transition: Transition;
  /** Null while the index of the layout shown is being built. */
  readonly index: PickIndex | null;
  readonly view: Box;
  /** Scale of the camera in parts of home's. */
  readonly zoom: number;
  readonly loaded: number;
  /** (count × 4), see AllItems.setStyle. */
  readonly style: Uint8Array;
  /** Device pixels. */
  readonly size: number;
  readonly budget: Budget;
  readonly share: number;
  readonly nearShare: number;
}

export class Chooser {
  private readonly inView = new InView();
  private gathered = false;
  /** Items from here on stay dots. */
  limit = 0;
  /** Sprites drawn at most in the last choice. */
  count = 0;

  constructor(private readonly stage: Stage) {}

  /** Gather anew at the next choice: colours or positions have changed. */
  forget(): void {
    this.gathered = false;
    this.inView.forget();
  }

  choose(now: Situation, time: number): SpriteChoice | null {
    const { loaded, share } = now;
    this.count = 0;
    this.limit = 0;
    const near = this.nearItems(now);
    this.wantPages(now, near, time);
    if (share <= 0 || !this.stage.far) return null;
    const inView = near ? near.length / loaded : 1;
    this.limit = spriteLimit(loaded, inView, now.size, now.budget);
    if (near) return this.gatheredChoice(now, near);
    const count = Math.min(this.limit, loaded);
    this.count = count;
    const { set } = this.stage.all;
    return { set, first: this.stage.all.count - count, count };
  }

  /** The items in and around the view when the camera is near and nothing glides; null means all. */
  private nearItems({ transition, index, zoom, view }: Situation): Uint32Array | null {
    if (!index || transition.moving || zoom * NEAR < 1) return null;
    if (this.inView.update(index, view)) this.gathered = false;
    return this.inView.items;
  }

  private gatheredChoice({ transition, style }: Situation, items: Uint32Array): SpriteChoice | null {
    const { inView } = this.stage;
    if (!this.gathered) inView.gather(items, transition.from, transition.to, picked(style, 4, items));
    this.gathered = true;
    this.count = items.reduce((sum, item) => (item < this.limit ? sum + 1 : sum), 0);
    return inView.set && { set: inView.set, first: 0, count: inView.count };
  }

  /** The coarser level is wanted whole, in display order; the finer one where it is about to be seen. */
  private wantPages(
    { share, nearShare, transition, loaded }: Situation,
    near: Uint32Array | null,
    time: number,
  ): void {
    const { far, near: finer } = this.stage;
    far?.want(
      Array.from({ length: far.layers }, (_, page) => page),
      time,
    );
    const complete = far !== null && far.layers === far.level.pages.length;
    if (!finer || transition.moving) return;
    if (share <= 0 || (nearShare <= 0 && complete)) {
      finer.want([], time);
      return;
    }
    if (near) finer.want(wantedPages(near, finer.cells, finer.layers), time);
    else
      finer.want(
        Array.from({ length: Math.min(finer.layers, Math.ceil(loaded / finer.cells)) }, (_, p) => p),
        time,
      );
  }
}
