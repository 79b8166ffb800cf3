/** Which item lies under a point on screen. */

import { type Point, toMap } from "../camera/camera.ts";
import type { Renderer, Shown } from "../layers/renderer.ts";

/** A dot is picked within this many CSS pixels. */
const DOT_REACH = 8;

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
