/** Regions of a grid where one category prevails, and how far inside them each cell lies. */

import type { Tally } from "./tally.ts";

/** A category prevails in a cell with this share of its items, or with less where it is much more than usual. */
const MAJORITY = 0.5;
const PLURALITY = 0.3;
const LIFT = 4;

export interface Region {
  readonly code: number;
  readonly cells: readonly number[];
  /** Items of the category in its cells. */
  readonly weight: number;
}

/** The category that prevails in each cell, or −1; `fewest` items make a cell count. */
export function prevailing(tally: Tally, shares: ArrayLike<number>, fewest: number): Int32Array {
  const { side, starts, codes, counts } = tally;
  const result = new Int32Array(side * side).fill(-1);
  for (let cell = 0; cell < result.length; cell++) {
    let [total, most, winner] = [0, 0, -1];
    for (let k = starts[cell] as number; k < (starts[cell + 1] as number); k++) {
      const count = counts[k] as number;
      total += count;
      if (count > most) [most, winner] = [count, codes[k] as number];
    }
    if (winner < 0 || most < fewest) continue;
    const share = most / total;
    const lift = share / (shares[winner] as number);
    if (share >= MAJORITY || (share >= PLURALITY && lift >= LIFT)) result[cell] = winner;
  }
  return result;
}

/** Join neighbouring cells (also across corners) of one category. */
export function regionsOf(winners: Int32Array, tally: Tally): Region[] {
  const { side } = tally;
  const seen = new Uint8Array(winners.length);
  const regions: Region[] = [];
  for (let start = 0; start < winners.length; start++) {
    const code = winners[start] as number;
    if (code < 0 || seen[start]) continue;
    const cells = [start];
    seen[start] = 1;
    for (let k = 0; k < cells.length; k++) {
      eachNeighbor(cells[k] as number, side, (cell) => {
        if (seen[cell] || winners[cell] !== code) return;
        seen[cell] = 1;
        cells.push(cell);
      });
    }
    const weight = cells.reduce((sum, cell) => sum + countIn(tally, cell, code), 0);
    regions.push({ code, cells, weight });
  }
  return regions;
}

/** Steps from each cell to the edge of its region (1 at the edge), by two sweeps of a chamfer transform. */
export function depths(winners: Int32Array, side: number): Float32Array {
  const depth = new Float32Array(winners.length);
  const sweep = (cell: number, before: readonly (readonly [number, number])[]) => {
    const column = cell % side;
    const row = (cell - column) / side;
    let least = depth[cell] as number;
    for (const [dx, dy] of before) {
      const [x, y] = [column + dx, row + dy];
      const inside = x >= 0 && x < side && y >= 0 && y < side && winners[y * side + x] === winners[cell];
      const there = inside ? (depth[y * side + x] as number) : 0;
      least = Math.min(least, there + Math.hypot(dx, dy));
    }
    depth[cell] = least;
  };
  depth.fill(side);
  for (let cell = 0; cell < depth.length; cell++) sweep(cell, ABOVE);
  for (let cell = depth.length - 1; cell >= 0; cell--) sweep(cell, BELOW);
  return depth;
}

const ABOVE = [
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;
const BELOW = ABOVE.map(([dx, dy]) => [-dx, -dy] as const);

export function countIn({ starts, codes, counts }: Tally, cell: number, code: number): number {
  for (let k = starts[cell] as number; k < (starts[cell + 1] as number); k++)
    if (codes[k] === code) return counts[k] as number;
  return 0;
}

function eachNeighbor(cell: number, side: number, visit: (cell: number) => void): void {
  const column = cell % side;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const [x, at] = [column + dx, cell + dy * side + dx];
      if (x >= 0 && x < side && at >= 0 && at < side * side && at !== cell) visit(at);
    }
  }
}
