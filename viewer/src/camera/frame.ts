/** How one layout's quantised positions lie in map space, and the numbers its vertex shader needs to draw them. */

import type { Box, Camera, Point } from "./camera.ts";

/** Steps of a position along an axis: 65,536 cells of 256 each. Below 2^24, so exact in a float32. */
export const STEPS = 65536 * 256;

/** A layout's extent in its own units, never empty, and the size of its larger side. */
export interface Frame {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
  readonly side: number;
}

/** Where the camera stands in a frame's steps, split so that float32 differences keep their precision. */
export interface Anchor {
  /** Whole steps: subtracted first, exactly. */
  readonly whole: Point;
  /** What remains of a step. */
  readonly rest: Point;
}

/** Read a manifest extent; an axis along which all positions are equal gets a hair's width. */
export function frameOf(extent: readonly [number, number, number, number]): Frame {
  const [minX, minY, maxX, maxY] = extent;
  const side = Math.max(maxX - minX, maxY - minY) || 1;
  const width = Math.max(maxX - minX, side * 1e-6);
  const height = Math.max(maxY - minY, side * 1e-6);
  return { left: (minX + maxX - width) / 2, bottom: (minY + maxY - height) / 2, width, height, side };
}

/** The frame's box in map space: centred on 0, larger side 1. */
export function boxOf(frame: Frame): Box {
  const x = frame.width / frame.side / 2;
  const y = frame.height / frame.side / 2;
  return { minX: -x, minY: -y, maxX: x, maxY: y };
}

/** Find the map point of a position given in steps. */
export function stepsToMap(frame: Frame, stepsX: number, stepsY: number): Point {
  return {
    x: (stepsX / STEPS - 0.5) * (frame.width / frame.side),
    y: (stepsY / STEPS - 0.5) * (frame.height / frame.side),
  };
}

/** Express the camera's place in a frame's steps. */
export function anchorOf(frame: Frame, camera: Camera): Anchor {
  const spanX = frame.width / frame.side;
  const spanY = frame.height / frame.side;
  const centreX = (camera.x / spanX + 0.5) * STEPS;
  const centreY = (camera.y / spanY + 0.5) * STEPS;
  const whole = { x: Math.fround(Math.round(centreX)), y: Math.fround(Math.round(centreY)) };
  return { whole, rest: { x: centreX - whole.x, y: centreY - whole.y } };
}

/** Find how large a frame's steps are, device pixels, on a canvas of `pixelRatio` device pixels per CSS pixel. */
export function unitOf({ width, height, side }: Frame, camera: Camera, pixelRatio: number): Point {
  const scale = (camera.scale * pixelRatio) / STEPS;
  return { x: (width / side) * scale, y: (height / side) * scale };
}
