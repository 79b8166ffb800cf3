/** Parts of the map that a hand has drawn, in map units, and the items that lie in them. */

import type { Box, Point } from "../camera/camera.ts";
import { STEPS } from "../camera/frame.ts";
import { HALF_STEP, type Layout, MIDDLE } from "../layers/layout.ts";
import { BLOCK, blocksOf } from "./blocks.ts";
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

/**
 * The items of a layout that lie in a region; only the first `loaded` have a place. Blocks of items that are in it as a whole,
 * or not at all, are decided at once; only those at its rim are asked item by item.
 */
export function itemsWithin(layout: Layout, loaded: number, count: number, region: Region): Mask {
  const mask = new Uint8Array(count);
  const { bounds, count: blocks } = blocksOf(layout, loaded);
  const whatIs = blockJudge(layout, region);
  const sift = sifter(layout, region, mask);
  for (let block = 0; block < blocks; block++) {
    const at = 4 * block;
    const what = whatIs(bounds[at]!, bounds[at + 1]!, bounds[at + 2]!, bounds[at + 3]!);
    if (what === OUT) continue;
    const first = block * BLOCK;
    const end = Math.min(first + BLOCK, loaded);
    if (what === IN) mask.fill(1, first, end);
    else sift(first, end);
  }
  return mask;
}

/** Says what a box of layout cells is, by the cells of the region's grid that it touches. */
function blockJudge({ frame }: Layout, region: Region) {
  const { box, side } = region;
  const [spanX, spanY] = [frame.width / frame.side, frame.height / frame.side];
  const [columns, rows] = [side / (box.maxX - box.minX || 1), side / (box.maxY - box.minY || 1)];
  const sums = sumsOf(region);
  const within = (cell: number) => Math.min(Math.max(cell, 0), side - 1);
  return (minX: number, minY: number, maxX: number, maxY: number): number => {
    const [left, right] = [(minX / 65536 - 0.5) * spanX, ((maxX + 1) / 65536 - 0.5) * spanX];
    const [low, high] = [(minY / 65536 - 0.5) * spanY, ((maxY + 1) / 65536 - 0.5) * spanY];
    if (right < box.minX || left > box.maxX || high < box.minY || low > box.maxY) return OUT;
    const firstColumn = within(Math.floor((left - box.minX) * columns));
    const lastColumn = within(Math.floor((right - box.minX) * columns));
    const firstRow = within(Math.floor((low - box.minY) * rows));
    const lastRow = within(Math.floor((high - box.minY) * rows));
    const [above, below] = [(lastRow + 1) * (side + 1), firstRow * (side + 1)];
    const sum =
      sums[above + lastColumn + 1]! -
      sums[above + firstColumn]! -
      sums[below + lastColumn + 1]! +
      sums[below + firstColumn]!;
    if (sum === 0) return OUT;
    const inside = left >= box.minX && right <= box.maxX && low >= box.minY && high <= box.maxY;
    return inside && sum === (lastRow - firstRow + 1) * (lastColumn - firstColumn + 1) ? IN : EDGE;
  };
}

/** An EDGE cell counts more than all the IN cells of a grid together. */
const EDGE_WEIGHT = GRID * GRID + 1;

/** Sums over the cells below and to the left of each corner, (side + 1)²: 1 for IN, EDGE_WEIGHT for EDGE. */
function sumsOf({ side, cells }: Region): Int32Array {
  const sums = new Int32Array((side + 1) ** 2);
  for (let row = 0, cell = 0; row < side; row++) {
    let line = 0;
    const at = (row + 1) * (side + 1) + 1;
    for (let column = 0; column < side; column++, cell++) {
      const what = cells[cell]!;
      line += what === EDGE ? EDGE_WEIGHT : what;
      sums[at + column] = sums[at + column - side - 1]! + line;
    }
  }
  return sums;
}

/** Marks the items of a stretch of the display order one by one. */
function sifter({ cells, fine, frame }: Layout, region: Region, mask: Mask) {
  const { box, side, cells: grid } = region;
  const { minX, minY, maxX, maxY } = box;
  const [spanX, spanY] = [frame.width / frame.side, frame.height / frame.side];
  const [columns, rows] = [side / (maxX - minX || 1), side / (maxY - minY || 1)];
  return (first: number, end: number) => {
    for (let item = first, i = 2 * first; item < end; item++, i += 2) {
      const x = ((cells[i]! * 256 + (fine ? fine[i]! : MIDDLE) + HALF_STEP) / STEPS - 0.5) * spanX;
      const y = ((cells[i + 1]! * 256 + (fine ? fine[i + 1]! : MIDDLE) + HALF_STEP) / STEPS - 0.5) * spanY;
      if (x < minX || x > maxX || y < minY || y > maxY) continue;
      const column = Math.min(((x - minX) * columns) | 0, side - 1);
      const row = Math.min(((y - minY) * rows) | 0, side - 1);
      const cell = row * side + column;
      const known = grid[cell]!;
      mask[item] = known === EDGE ? Number(region.contains(x, y, cell)) : known;
    }
  };
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
