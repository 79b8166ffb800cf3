/** Where a resting camera shows nothing, the way back: zooming into a gap must not lose the data. */

import { type Box, type Camera, type Point, type Viewport, visibleBox } from "./camera.ts";

/** What can say where the items are. */
export interface Items {
  /** Whether any item is in a box. */
  hasIn(box: Box): boolean;
  /** The place of the item closest to a point; null where there are no items. */
  closestTo(at: Point): Point | null;
}

/** How far inside the view's edges, as a share of its sides, the closest item comes to lie. */
const INSIDE = 0.25;

/** Find the camera of the same scale, moved as little as needed, that has an item in view; null where one is. */
export function cameraWithItem(camera: Camera, view: Viewport, items: Items): Camera | null {
  if (items.hasIn(visibleBox(camera, view))) return null;
  const item = items.closestTo(camera);
  if (item === null) return null;
  const reachX = ((0.5 - INSIDE) * view.width) / camera.scale;
  const reachY = ((0.5 - INSIDE) * view.height) / camera.scale;
  return {
    x: Math.min(Math.max(camera.x, item.x - reachX), item.x + reachX),
    y: Math.min(Math.max(camera.y, item.y - reachY), item.y + reachY),
    scale: camera.scale,
  };
}
