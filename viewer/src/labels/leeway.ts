/** How far a sheet of labels may be moved before any of them, in sight or beside it, has to be looked at again. */

import type { Point } from "../camera/camera.ts";

type Axis = "x" | "y";

export class Leeway {
  private low = { x: 0, y: 0 };
  private high = { x: 0, y: 0 };
  private moved: Point = this.low;

  /** Begin anew with a sheet that has been moved this far: it may go on without end. */
  begin(moved: Point): void {
    this.moved = moved;
    this.low = { x: Number.NEGATIVE_INFINITY, y: Number.NEGATIVE_INFINITY };
    this.high = { x: Number.POSITIVE_INFINITY, y: Number.POSITIVE_INFINITY };
  }

  /** Something on the sheet that is at `now` along an axis stays as it is from `least` to `most`. */
  keep(axis: Axis, now: number, least: number, most: number): void {
    const moved = this.moved[axis];
    this.low[axis] = Math.max(this.low[axis], moved + least - now);
    this.high[axis] = Math.min(this.high[axis], moved + most - now);
  }

  /** Whether the sheet may be moved this far. */
  holds({ x, y }: Point): boolean {
    const { low, high } = this;
    return x > low.x && x < high.x && y > low.y && y < high.y;
  }
}
