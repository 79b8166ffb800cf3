/** Which items may be sprites when a frame has no room for all: an even sample of the map, wherever one looks. */

import { delay } from "./glide.ts";

/** What a frame may hold: device pixels filled by sprites, sprites, and dots. */
export interface Budget {
  readonly fill: number;
  readonly sprites: number;
  readonly dots: number;
}

/** A software renderer holds little while the map moves, and takes its time once it rests. */
export const BUDGET = {
  hardware: { fill: 16e6, sprites: 250_000, dots: 16_000_000 },
  softwareMoving: { fill: 5e6, sprites: 22_000, dots: 280_000 },
  softwareResting: { fill: 16e6, sprites: 80_000, dots: 1_100_000 },
} as const satisfies Record<string, Budget>;

/** The budget of a picture with as many sprites as the screen has, each of them larger. */
export function enlarged({ fill, ...rest }: Budget, factor: number): Budget {
  return { ...rest, fill: fill * factor ** 2 };
}

/**
 * How many of the first `loaded` items are drawn where there is room for `dots`: all, or a whole level of detail. A level is an even sample of the
 * map; within one, a cut would show as an edge.
 */
export function dotLimit(levels: readonly number[], loaded: number, dots: number): number {
  if (loaded <= dots) return loaded;
  return Math.max(levels.findLast((end) => end <= dots) ?? 0, Math.min(levels[0] ?? loaded, loaded));
}

/**
 * Items below `full` are sprites, from `until` on dots. Of the level between, `fraction` are sprites, chosen by hash: inside a
 * level the display order follows the map, so that a cut through it would show on the map as an edge.
 */
export interface SpriteLimit {
  readonly full: number;
  readonly until: number;
  readonly fraction: number;
}

export const NO_SPRITES: SpriteLimit = { full: 0, until: 0, fraction: 0 };

/** Width of the soft edge around `fraction`; as in shaders/pictured.glsl. */
const EDGE = 0.1;

/**
 * Find the limit for sprites of `size` device pixels when `share` of all items is in view.
 * @param levels ends of the levels of detail, the last being the number of items.
 */
export function spriteLimit(
  levels: readonly number[],
  share: number,
  size: number,
  { fill, sprites }: Budget,
): SpriteLimit {
  const room = Math.min(fill / (size * size), sprites) / Math.max(share, 1e-6);
  const next = levels.findIndex((end) => end > room);
  const count = levels.at(-1) ?? 0;
  if (next < 0) return { full: count, until: count, fraction: 1 };
  const full = levels[next - 1] ?? 0;
  const until = levels[next] as number;
  return { full, until, fraction: (room - full) / (until - full) };
}

/** How far an item may be a sprite under a limit, 0 … 1. */
export function allowed({ full, until, fraction }: SpriteLimit, item: number): number {
  if (item < full) return 1;
  if (item >= until) return 0;
  return Math.min(Math.max((fraction * (1 + EDGE) - delay(item)) / EDGE, 0), 1);
}
