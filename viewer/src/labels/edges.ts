/** Where a name stands so that it can be read: within the view, and clear of what covers its sides. */

import type { Insets, Point, Viewport } from "../camera/camera.ts";
import type { Leeway } from "./leeway.ts";

/** A label is in sight with its middle this far out of the view, CSS pixels. */
const BEYOND = 40;
/** Least distance of a name from an edge, CSS pixels. */
const MARGIN = 6;

/** Whether a label at a screen point is out of sight. */
export function outside({ x, y }: Point, view: Viewport, width: number, leeway: Leeway): boolean {
  const aside = width + 2 * MARGIN;
  const [right, bottom] = [view.width + aside, view.height + BEYOND];
  if (x < -aside) leeway.keep("x", x, Number.NEGATIVE_INFINITY, -aside);
  else if (x > right) leeway.keep("x", x, right, Number.POSITIVE_INFINITY);
  else if (y < -BEYOND) leeway.keep("y", y, Number.NEGATIVE_INFINITY, -BEYOND);
  else if (y > bottom) leeway.keep("y", y, bottom, Number.POSITIVE_INFINITY);
  else {
    leeway.keep("x", x, -aside, right);
    leeway.keep("y", y, -BEYOND, bottom);
    return false;
  }
  return true;
}

/** Where the middle of a name stands whose place is at x. */
export function readableX(
  x: number,
  half: number,
  { width }: Viewport,
  insets: Insets,
  leeway: Leeway,
): number {
  const room = half + MARGIN;
  const [left, right] = [insets.left, width - insets.right];
  const free = 2 * room <= right - left;
  const fromLeft = free && insets.left > 0 ? clearOf(x, left, room, leeway) : 0;
  const fromRight = free && insets.right > 0 ? clearOf(x, right, room, leeway) : 0;
  return withinView(x + fromLeft - fromRight, room, width, leeway);
}

/**
 * How far a name moves from under what reaches up to `edge` while its place is beyond that: none of it is covered. Where
 * the place itself goes under, the name follows at twice the pace, and soon stands over it again.
 */
function clearOf(x: number, edge: number, room: number, leeway: Leeway): number {
  if (x >= edge + room) leeway.keep("x", x, edge + room, Number.POSITIVE_INFINITY);
  else if (x <= edge - room) leeway.keep("x", x, Number.NEGATIVE_INFINITY, edge - room);
  else leeway.keep("x", x, x, x);
  return Math.max(room - Math.abs(x - edge), 0);
}

/** Move a name from under the view's edge while its place is in sight; then it leaves along with that. */
function withinView(x: number, room: number, width: number, leeway: Leeway): number {
  if (2 * room > width) return x;
  leeway.keep("x", x, room, width - room);
  return Math.min(Math.max(x, Math.min(x, 0) + room), Math.max(x, width) - room);
}
