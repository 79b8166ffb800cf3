/** The item that a near camera rides along with when another projection is shown. */

import { type Point, visibleBox } from "../camera/camera.ts";
import type { Renderer, Shown } from "../layers/renderer.ts";

/** A camera is near from this many times home's scale on; below, the whole map is what one looks at. */
const NEAR = 1.5;

/** Choose a highlighted item in sight, else the one nearest to the middle; null where the camera sees the whole map. */
export function companionOf(shown: Shown, renderer: Renderer): number | null {
  const { camera, view, transition, index, zoom } = shown;
  if (zoom < NEAR) return null;
  const { minX, minY, maxX, maxY } = visibleBox(camera, view);
  const inSight = ({ x, y }: Point) => x >= minX && x <= maxX && y >= minY && y <= maxY;
  const highlighted = renderer.highlighted.find((item) => inSight(transition.pointOf(item)));
  if (highlighted !== undefined) return highlighted;
  if (!index || transition.moving) return null;
  const lit = (item: number) => renderer.isLit(item);
  for (let radius = transition.target.around(camera); radius < maxX - minX; radius *= 2) {
    const item = index.nearest(camera, radius, lit);
    if (item !== null) return item;
  }
  return null;
}
