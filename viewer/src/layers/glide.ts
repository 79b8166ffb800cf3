/** The glide from one layout to another: each item sets off a little later or earlier than its neighbours. */

import type { Point } from "../camera/camera.ts";
import { type Layout, layoutOf, pointOf } from "./layout.ts";

/** Milliseconds a glide takes. */
export const GLIDE_MS = 900;
/** How far apart the first and the last item set off, in parts of one item's own way; as in shaders/place.glsl. */
export const STAGGER = 0.35;

/** How late an item sets off, 0 … 1: an integer hash, bit for bit the one in shaders/place.glsl. */
export function delay(item: number): number {
  let h = Math.imul(item, 0x9e3779b9);
  h ^= h >>> 15;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  return (h >>> 8) / 16777216;
}

/** Progress of one item, 0 … 1, when the whole glide has come to `glide`: eased in and out (cubic). */
export function progress(glide: number, item: number): number {
  const t = Math.min(Math.max(glide * (1 + STAGGER) - delay(item) * STAGGER, 0), 1);
  return t < 0.5 ? 4 * t * t * t : 1 - 4 * (1 - t) ** 3;
}

/** Find where an item is in the middle of a glide; an even one moves all items alike. */
export function gliding(a: Layout, b: Layout, glide: number, item: number, even = false): Point {
  const to = pointOf(b, item);
  if (glide >= 1 || a === b) return to;
  const from = pointOf(a, item);
  const t = even ? glide : progress(glide, item);
  return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
}

/** Freeze an interrupted glide: a layout that holds every item where it is now, from which the next glide sets off. */
export function frozen(a: Layout, b: Layout, glide: number, even = false): Layout {
  return layoutOf("", b.cells.length / 2, (item) => gliding(a, b, glide, item, even));
}
