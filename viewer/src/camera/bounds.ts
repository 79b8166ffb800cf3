/** Where the camera may be: home, and the limits that keep the data in sight. */

import type { Box, Camera, Insets, Viewport } from "./camera.ts";

export interface Limits {
  readonly minScale: number;
  readonly maxScale: number;
  /** The data's box: some of it is always on screen. */
  readonly box: Box;
}

export const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 };

/** Share of the free width and height that home leaves empty at each side. */
const PADDING = 0.06;
/** The whole map never becomes smaller than this share of its size at home. */
const SMALLEST = 0.6;
/** The data's box overlaps the view by at least this many CSS pixels, or a quarter of the view where that is less. */
const MARGIN = 120;
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

/** Derive the camera's limits from the data's box, home, and the largest scale that still shows something new. */
export function limitsOf(box: Box, home: Camera, view: Viewport, maxScale: number): Limits {
  const whole = fit(box, view).scale;
  return { minScale: Math.min(home.scale, whole) * SMALLEST, maxScale: Math.max(maxScale, home.scale), box };
}

/** Bring a camera within its limits; one that is within them comes back unchanged. */
export function constrain(camera: Camera, view: Viewport, limits: Limits): Camera {
  const scale = clamp(camera.scale, limits.minScale, limits.maxScale);
  const { box } = limits;
  const reachX = view.width / 2 / scale - marginOf(view.width, box.maxX - box.minX, scale);
  const reachY = view.height / 2 / scale - marginOf(view.height, box.maxY - box.minY, scale);
  const x = clamp(camera.x, box.minX - reachX, box.maxX + reachX);
  const y = clamp(camera.y, box.minY - reachY, box.maxY + reachY);
  return x === camera.x && y === camera.y && scale === camera.scale ? camera : { x, y, scale };
}

/** Map units by which the box must overlap the view along one axis; never more than the box itself has. */
function marginOf(pixels: number, side: number, scale: number): number {
  return Math.min(Math.min(MARGIN, pixels / 4) / scale, side);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
