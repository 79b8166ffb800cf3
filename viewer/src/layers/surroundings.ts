/** How far each item is from its neighbours, from counts on a pyramid of grids. */

import type { Layout } from "./layout.ts";

/** Cells along a side of the finest grid over the unit square of map space: 2^LEVELS at most … */
const LEVELS = 10;
/** … and so many that, were the items spread evenly, each would have 4^SPARE cells: dense places need finer ones. */
const SPARE = 2;
/** Items that a cell must hold to say something of the density around them. */
const ENOUGH = 6;

/** Places of items in the unit square of map space, 0 … 1 along both axes. */
export interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Place the first `sample` items of a layout. */
export function placesOf({ cells, frame }: Layout, sample: number): Places {
  const x = new Float32Array(sample);
  const y = new Float32Array(sample);
  const spanX = frame.width / frame.side;
  const spanY = frame.height / frame.side;
  for (let i = 0; i < sample; i++) {
    x[i] = (((cells[2 * i] as number) + 0.5) / 65536 - 0.5) * spanX + 0.5;
    y[i] = (((cells[2 * i + 1] as number) + 0.5) / 65536 - 0.5) * spanY + 0.5;
  }
  return { x, y };
}

/**
 * Estimate ln of the distance between neighbours around each item, map units: side / √count of the smallest cell around
 * it that holds enough items. Cells halve from grid to grid, so dense and sparse places are measured equally well.
 */
export function logSpacings({ x, y }: Places): Float32Array {
  const pyramid = countPyramid({ x, y });
  const logs = new Float32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    let level = pyramid.length - 1;
    let count = 0;
    for (; level >= 0; level--) {
      const side = 1 << level;
      const column = Math.min(Math.floor((x[i] as number) * side), side - 1);
      const row = Math.min(Math.floor((y[i] as number) * side), side - 1);
      count = pyramid[level]?.[row * side + column] as number;
      if (count >= ENOUGH) break;
    }
    logs[i] = -Math.max(level, 0) * Math.LN2 - 0.5 * Math.log(count);
  }
  return logs;
}

/** Count items on grids of 1, 2, 4 … cells a side. */
function countPyramid({ x, y }: Places): Uint32Array[] {
  const levels = Math.min(Math.ceil(Math.log2(Math.max(x.length, 1)) / 2) + SPARE, LEVELS);
  const side = 1 << levels;
  const finest = new Uint32Array(side * side);
  for (let i = 0; i < x.length; i++) {
    const column = Math.min(Math.floor((x[i] as number) * side), side - 1);
    const row = Math.min(Math.floor((y[i] as number) * side), side - 1);
    (finest[row * side + column] as number)++;
  }
  const pyramid: Uint32Array[] = [finest];
  for (let level = levels - 1; level >= 0; level--)
    pyramid.unshift(halved(pyramid[0] as Uint32Array, 1 << level));
  return pyramid;
}

/** Sum a grid of 2 · side cells a side in blocks of 2 × 2. */
function halved(counts: Uint32Array, side: number): Uint32Array {
  const out = new Uint32Array(side * side);
  for (let row = 0, at = 0; row < side; row++) {
    for (let column = 0, k = 4 * row * side; column < side; column++, at++, k += 2) {
      const above = k + 2 * side;
      out[at] = counts[k]! + counts[k + 1]! + counts[above]! + counts[above + 1]!;
    }
  }
  return out;
}
