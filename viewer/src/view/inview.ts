/** Which items are on screen. */

import { type Box, visibleBox } from "../camera/camera.ts";
import { scanBox } from "../data/inbox.ts";
import { type Layout, pointOf } from "../layers/layout.ts";
import type { Shown } from "../layers/renderer.ts";

/** The first `limit` items of the display order that are on screen; while items move, those that will be. */
export function itemsInView({ camera, view, transition, index, loaded }: Shown, limit: number): Uint32Array {
  const box = visibleBox(camera, view);
  const still = index && !transition.moving;
  return still ? index.inBox(box, limit) : scanBox(transition.to, loaded, box, limit);
}

/** The box around items of a layout, or null where none of them is among the first `loaded`. */
export function boxAroundItems(layout: Layout, loaded: number, items: ArrayLike<number>): Box | null {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (let k = 0; k < items.length; k++) {
    if (items[k]! >= loaded) continue;
    const { x, y } = pointOf(layout, items[k]!);
    box.minX = Math.min(box.minX, x);
    box.minY = Math.min(box.minY, y);
    box.maxX = Math.max(box.maxX, x);
    box.maxY = Math.max(box.maxY, y);
  }
  return box.minX <= box.maxX ? box : null;
}
