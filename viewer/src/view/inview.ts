/** Which items are on screen. */

import { type Box, visibleBox } from "../camera/camera.ts";
import { type Layout, pointOf } from "../layers/layout.ts";
import type { Shown } from "../layers/renderer.ts";

/** The first `limit` items of the display order that are on screen. */
export function itemsInView({ camera, view, transition, index, loaded }: Shown, limit: number): number[] {
  const box = visibleBox(camera, view);
  if (index && !transition.moving)
    return index
      .inBox(box)
      .sort((a, b) => a - b)
      .slice(0, limit);
  const found: number[] = [];
  for (let item = 0; item < loaded && found.length < limit; item++) {
    const { x, y } = transition.pointOf(item);
    if (x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY) found.push(item);
  }
  return found;
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
