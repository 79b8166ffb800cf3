/** Where the camera may be: home, and the limits that keep the data in sight. */

import type { Box, Camera, Insets, Viewport } from "./camera.ts";

export interface Limits {
  readonly minScale: number;
  readonly maxScale: number;
  /** At most this much shows the whole map, clear of the panels if there is room. */
  readonly wholeScale: number;
  /** The data's box: some of it is always on screen. */
  readonly box: Box;
}

export const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 };

/** Share of the free width and height that home leaves empty at each side. */
const PADDING = 0.06;
/** The whole map never becomes smaller than this share of its size at home. */
const SMALLEST = 0.6;
/** When near, the data's box overlaps the view by at least this many CSS pixels, or a quarter of the view. */
const MARGIN = 120;
/** Doublings of the scale after which the box need no longer be whole on screen. */
const FREE_AFTER = 1.3;
/** A box of identical positions still needs a size to be fitted. */
const SMALLEST_SIDE = 1e-6;

/** Compute the camera that shows the whole box in the part of the view that no panel covers. */
export function fit(box: Box, view: Viewport, insets: Insets = NO_INSETS): Camera {
  const freeWidth = Math.max(view.width - insets.left - insets.right, view.width / 4, 1);
  const freeHeight = Math.max(view.height - insets.top - insets.bottom, view.height / 4, 1);
  const width = Math.max(box.maxX - box.minX, SMALLEST_SIDE);
  const height = Math.max(box.maxY - box.minY, SMALLEST_SIDE);
  const room = 1 - 2 * PADDING;
  const scale = Math.min((freeWidth * room) / width, (freeHeight * room) / height);
  return {
    x: (box.minX + box.maxX) / 2 + (insets.right - insets.left) / 2 / scale,
    y: (box.minY + box.maxY) / 2 - (insets.bottom - insets.top) / 2 / scale,
    scale,
  };
}

/** The box at the share t of the way from one to another. */
export function boxBetween(from: Box, to: Box, t: number): Box {
  const mix = (a: number, b: number) => a + (b - a) * t;
  return {
    minX: mix(from.minX, to.minX),
    minY: mix(from.minY, to.minY),
    maxX: mix(from.maxX, to.maxX),
    maxY: mix(from.maxY, to.maxY),
  };
}

/** Derive the camera's limits from the data's box, home, and the largest scale that still shows something new. */
export function limitsOf(box: Box, home: Camera, view: Viewport, maxScale: number): Limits {
  const wholeScale = Math.min(home.scale, fit(box, view).scale);
  return { minScale: wholeScale * SMALLEST, maxScale: Math.max(maxScale, home.scale), wholeScale, box };
}

/** Bring a camera within its limits; one that is within them comes back unchanged. */
export function constrain(camera: Camera, view: Viewport, limits: Limits): Camera {
  const scale = clamp(camera.scale, limits.minScale, limits.maxScale);
  const { box, wholeScale } = limits;
  const freedom = clamp(Math.log2(scale / wholeScale) / FREE_AFTER, 0, 1);
  const x = constrainAxis(camera.x, box.minX, box.maxX, view.width / scale, MARGIN / scale, freedom);
  const y = constrainAxis(camera.y, box.minY, box.maxY, view.height / scale, MARGIN / scale, freedom);
  return x === camera.x && y === camera.y && scale === camera.scale ? camera : { x, y, scale };
}

/**
 * Keep enough of the data's side on screen, all in map units: the whole of it where the map is small (freedom 0),
 * a margin of it when near (freedom 1), and evenly less in between.
 */
function constrainAxis(
  at: number,
  low: number,
  high: number,
  span: number,
  margin: number,
  freedom: number,
): number {
  const side = high - low;
  const least = Math.min(margin, span / 4, side);
  const overlap = Math.min(side + (least - side) * freedom, span);
  return clamp(at, low + overlap - span / 2, high - overlap + span / 2);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
