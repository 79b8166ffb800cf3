/** Which items are on screen. */

import { visibleBox } from "../camera/camera.ts";
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
