/** A sheet in the page that goes along with the camera: while that only pans, one style moves all that lies on the sheet. */

import type { Camera, Point } from "../camera/camera.ts";

export class Drift {
  /** By how much the sheet has been moved, CSS pixels. */
  moved: Point = { x: 0, y: 0 };
  private from: Camera | null = null;

  constructor(private readonly sheet: HTMLElement) {}

  /** Move the sheet along; what is on it has to be placed anew after a zoom. */
  follow(camera: Camera): void {
    if (this.from?.scale !== camera.scale) this.from = camera;
    const { x, y, scale } = this.from;
    this.moved = { x: rounded((x - camera.x) * scale), y: rounded((camera.y - y) * scale) };
    this.sheet.style.transform = `translate(${this.moved.x}px, ${this.moved.y}px)`;
  }
}

/** To tenths of a pixel. */
function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
