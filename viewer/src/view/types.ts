/** What a view is told at first, and what it tells. */

import type { Point } from "../camera/camera.ts";
import type { Device } from "../gl/context.ts";
import type { Ground } from "../interaction/pick.ts";
import type { Theme } from "../theme.ts";

export interface ViewOptions {
  readonly theme: Theme;
  readonly reducedMotion: boolean;
  /** What is drawn with, where it has been opened ahead of the view. */
  readonly device?: Device;
}

/** Names over the items; what lies under a point says how much of it is a name's. */
export interface Names {
  /** Show which name the pointer is at, null for elsewhere; returns whether it is at one. */
  point(at: Point | null, ground: Ground): boolean;
  /** Keep what the name at a point names, or with `add` that too; returns whether there is one. */
  pickAt(at: Point, ground: Ground, add: boolean): boolean;
}

/** A box on screen, CSS pixels. */
export interface ScreenBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface ViewStats {
  /** Items drawn; dimmed ones count. */
  readonly points: number;
  /** Items drawn and not dimmed. */
  readonly bright: number;
  /** Items drawn as sprites. */
  readonly sprites: number;
  /** Items drawn as their original images. */
  readonly originals: number;
  /** Frames drawn since the view was made. */
  readonly frames: number;
  /** Items whose positions have arrived. */
  readonly loaded: number;
  /** Progress between two projections, 1 at rest. */
  readonly glide: number;
  /** The graphics device is away: nothing can be drawn. */
  readonly lost: boolean;
  /** Nothing moves and nothing is on its way. */
  readonly idle: boolean;
  /** Sprite pages in memory, coarse and fine. */
  readonly pages: readonly [number, number];
  readonly renderer: string;
}
