/** Parts of the map that a hand has drawn, in map units, and the items that lie in them. */

import type { Box, Point } from "../camera/camera.ts";
import { STEPS } from "../camera/frame.ts";
import { HALF_STEP, type Layout, MIDDLE } from "../layers/layout.ts";
import type { Mask } from "./mask.ts";

/** What a cell of a region's grid is: outside of it, inside, or crossed by its rim. */
export const OUT = 0;
export const IN = 1;
export const EDGE = 2;
/** Side of the grid that outlines and strokes are drawn on, so that most points are decided by one look. */
export const GRID = 192;

export interface Region {
  /** Nothing outside of it is in the region. */
  readonly box: Box;
  /** Cells along each side of the grid that the box is cut into … */
  readonly side: number;
  /** … and what they are, row by row from the bottom: OUT, IN or EDGE. */
  readonly cells: Uint8Array;
  /** Whether a point in an EDGE cell is in the region. */
  contains(x: number, y: number, cell: number): boolean;
}

/** Everything between two corners. */
export function boxRegion(a: Point, b: Point): Region {
  return { box: boxAround([a, b], 0), side: 1, cells: Uint8Array.of(IN), contains: () => true };
}

/** The items of a layout that lie in a region; only the first `loaded` have a place. */
export function itemsWithin(layout: Layout, loaded: number, count: number, region: Region): Mask {
  const { cells, fine, frame } = layout;
  const { box, side, cells: grid } = region;
  const { minX, minY, maxX, maxY } = box;
  const [spanX, spanY] = [frame.width / frame.side, frame.height / frame.side];
  const [columns, rows] = [side / (maxX - minX || 1), side / (maxY - minY || 1)];
  const [left, right] = [cellOf(minX, spanX), cellOf(maxX, spanX)];
  const [low, high] = [cellOf(minY, spanY), cellOf(maxY, spanY)];
  const mask = new Uint8Array(count);
  for (let item = 0, i = 0; item < loaded; item++, i += 2) {
    const cellX = cells[i]!;
    const cellY = cells[i + 1]!;
    if (cellX < left || cellX > right || cellY < low || cellY > high) continue;
    const x = ((cellX * 256 + (fine ? fine[i]! : MIDDLE) + HALF_STEP) / STEPS - 0.5) * spanX;
    const y = ((cellY * 256 + (fine ? fine[i + 1]! : MIDDLE) + HALF_STEP) / STEPS - 0.5) * spanY;
    if (x < minX || x > maxX || y < minY || y > maxY) continue;
    const column = Math.min(((x - minX) * columns) | 0, side - 1);
    const row = Math.min(((y - minY) * rows) | 0, side - 1);
    const cell = row * side + column;
    const known = grid[cell]!;
    mask[item] = known === EDGE ? Number(region.contains(x, y, cell)) : known;
  }
  return mask;
}

/** The cell of a layout's 65,536 that a map coordinate lies in. */
function cellOf(value: number, span: number): number {
  return Math.floor((value / span + 0.5) * 65536);
}

export function boxAround(points: readonly Point[], margin: number): Box {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const { x, y } of points) {
    box.minX = Math.min(box.minX, x - margin);
    box.minY = Math.min(box.minY, y - margin);
    box.maxX = Math.max(box.maxX, x + margin);
    box.maxY = Math.max(box.maxY, y + margin);
  }
  return box;
}

/** A row or column that is on the grid. */
export function onGrid(cell: number): number {
  return Math.min(Math.max(cell, 0), GRID - 1);
}
