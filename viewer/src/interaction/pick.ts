/** Which item lies under a point on screen. */

import { type Point, toMap, toScreen } from "../camera/camera.ts";
import type { Renderer, Shown } from "../layers/renderer.ts";

/** A dot is picked within this many CSS pixels. */
const DOT_REACH = 8;
/** Neighbours that lie this far apart, CSS pixels, are told apart: one points at a single one of them … */
const APART = 24;
/** … no further from a dot's edge than this. */
const DOT_EDGE = 2;

/**
 * What a place is to a name that stands there: `free` of items, a `crowd` of which the name speaks, or one item's that is
 * seen, and pointed at, by itself.
 */
export type Ground = "free" | "crowd" | "single";

/** Find the item under a screen point: the sprite that is seen there, or the nearest dot within reach. */
export function itemUnder(at: Point, shown: Shown, renderer: Renderer): number | null {
  const { camera, view, transition, index } = shown;
  if (!index || transition.moving) return null;
  const look = renderer.lookAt(camera, transition);
  const place = toMap(camera, view, at);
  const lit = (item: number) => renderer.isLit(item);
  if (look.share > 0.5) {
    const see = renderer.drawsInk ? "nearest" : "top";
    return index.sprite(place, look.spriteSize / camera.scale, see, lit);
  }
  return index.nearest(place, Math.max(DOT_REACH, look.dotDiameter / 2) / camera.scale, lit);
}

/** What a screen point is to a name, where `item` is the one under it. */
export function groundAt(at: Point, item: number | null, shown: Shown, renderer: Renderer): Ground {
  const { camera, view, transition } = shown;
  if (item === null) return "free";
  if (transition.target.around(toMap(camera, view, at)) * camera.scale < APART) return "crowd";
  const look = renderer.lookAt(camera, transition);
  if (look.share > 0.5) return "single";
  const place = toScreen(camera, view, transition.pointOf(item));
  const reach = look.dotDiameter / 2 + DOT_EDGE;
  return Math.hypot(place.x - at.x, place.y - at.y) <= reach ? "single" : "crowd";
}
