/** Where a canvas's upper left corner is in the window: measured when it is asked for, for that may lay out the page. */

import type { Point } from "../camera/camera.ts";

export class Corner {
  private known: Point | null = null;

  constructor(private readonly canvas: HTMLElement) {}

  /** CSS pixels. */
  get at(): Point {
    this.known ??= this.measured();
    return this.known;
  }

  /** The canvas has another size; `laidOut` says that the page has just been laid out, and to measure costs nothing. */
  resized(laidOut: boolean): void {
    this.known = laidOut ? this.measured() : null;
  }

  private measured(): Point {
    const { left: x, top: y } = this.canvas.getBoundingClientRect();
    return { x, y };
  }
}
