/** Which items are in view, kept until the camera leaves the box that was searched. */

import type { Box } from "../camera/camera.ts";
import type { PickIndex } from "../data/picking.ts";

/** The box searched is larger than the view by this share of it at each side. */
const AROUND = 0.2;

export class InView {
  /** Display indices, descending. */
  items = new Uint32Array(0);
  private index: PickIndex | null = null;
  private box: Box | null = null;

  /** Search again if need be; returns whether `items` is new. */
  update(index: PickIndex, view: Box): boolean {
    if (this.index === index && this.box && holds(this.box, view) && !muchLarger(this.box, view))
      return false;
    const width = (view.maxX - view.minX) * AROUND;
    const height = (view.maxY - view.minY) * AROUND;
    const box = {
      minX: view.minX - width,
      minY: view.minY - height,
      maxX: view.maxX + width,
      maxY: view.maxY + height,
    };
    this.items = index.inBox(box).reverse();
    this.index = index;
    this.box = box;
    return true;
  }

  forget(): void {
    this.index = this.box = null;
  }
}

function holds(outer: Box, inner: Box): boolean {
  return (
    outer.minX <= inner.minX &&
    outer.minY <= inner.minY &&
    outer.maxX >= inner.maxX &&
    outer.maxY >= inner.maxY
  );
}

/** Whether the camera has zoomed in so far that most of what was found is out of sight. */
function muchLarger(outer: Box, inner: Box): boolean {
  return outer.maxX - outer.minX > 2.2 * (inner.maxX - inner.minX);
}
