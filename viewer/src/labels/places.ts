/** Where names stand: in the middle of every region in which their category prevails, from coarse grids to fine. */

import type { Layout } from "../layers/layout.ts";
import { countIn, depths, prevailing, type Region, regionsOf } from "./regions.ts";
import { halvedTally, type Tally, tallyOf } from "./tally.ts";

/** A name's place, before it is known at which scales there is room for it. */
export interface Place {
  readonly code: number;
  /** Map units. */
  readonly x: number;
  readonly y: number;
  /** Items of the category around. */
  readonly weight: number;
  /** The scale from which the place is worth a name, CSS pixels per map unit. */
  readonly from: number;
}

/** Cells along a side of the coarsest and the finest grid over the unit square of map space. */
const COARSEST = 16;
const FINEST = 256;
/** CSS pixels that a cell of a grid covers when its regions get names. */
const CELL = 22;
/** A name is repeated for a region that reaches this many cells beyond it: there it would be out of sight. */
const REPEATED = 14;
/** What a cell off the middle of its region is worth less, depth for each cell of distance. */
const OFF_MIDDLE = 0.4;
/** A name moves to the middle of its items within this many cells. */
const AROUND = 1.3;
/** A cell with fewer items of a category than this says nothing of it … */
const FEWEST = 6;
/** … and a region needs as many cells and items, and this share of all on the coarsest grid (less on finer ones). */
const SMALLEST_REGION = 2;
const LEAST_ITEMS = 20;
const LEAST_SHARE = 0.002;
export const MOST_PLACES = 1500;

/**
 * Find the places of names, the most important first.
 * @param codes one an item; from `categories` on: none.
 */
export function placesOfNames(layout: Layout, codes: ArrayLike<number>, categories: number): Place[] {
  const totals = new Float64Array(categories);
  for (let item = 0; item < codes.length; item++) {
    const code = codes[item] as number;
    if (code < categories) (totals[code] as number) += 1 / codes.length;
  }
  const found: Place[] = [];
  const tallies = pyramid(layout, codes, categories);
  for (const tally of tallies) addPlaces(found, tally, tallies.at(-1) as Tally, totals, codes.length);
  return found.slice(0, MOST_PLACES);
}

/** Tallies from the coarsest grid to the finest. */
function pyramid(layout: Layout, codes: ArrayLike<number>, categories: number): Tally[] {
  const { cells, frame } = layout;
  const spanX = frame.width / frame.side / 65536;
  const spanY = frame.height / frame.side / 65536;
  const [startX, startY] = [0.5 - spanX * 32767.5, 0.5 - spanY * 32767.5];
  const cellOf = (item: number) => {
    const x = Math.floor(((cells[2 * item] as number) * spanX + startX) * FINEST);
    const y = Math.floor(((cells[2 * item + 1] as number) * spanY + startY) * FINEST);
    return Math.min(y, FINEST - 1) * FINEST + Math.min(x, FINEST - 1);
  };
  const tallies = [tallyOf(cellOf, codes, categories, FINEST)];
  for (let side = FINEST / 2; side >= COARSEST; side /= 2)
    tallies.unshift(halvedTally(tallies[0] as Tally, categories));
  return tallies;
}

function addPlaces(found: Place[], tally: Tally, finest: Tally, shares: Float64Array, count: number): void {
  const { side } = tally;
  const winners = prevailing(tally, shares, FEWEST);
  const depth = depths(winners, side);
  const least = Math.max((LEAST_SHARE * count * COARSEST) / side, LEAST_ITEMS);
  const regions = regionsOf(winners, tally)
    .filter(({ cells, weight }) => cells.length >= SMALLEST_REGION && weight >= least)
    .sort((a, b) => b.weight - a.weight);
  const from = side === COARSEST ? 0 : side * CELL;
  for (const region of regions) {
    const named = found.filter(({ code }) => code === region.code);
    for (const cell of freeCells(region, named, depth, tally)) {
      const { x, y } = anchorOf(region.code, cell, side, finest);
      found.push({ code: region.code, x, y, weight: region.weight, from });
    }
  }
}

/** Cells of a region that get a name: one where it has none, more where those are far. */
function freeCells(region: Region, named: readonly Place[], depth: Float32Array, tally: Tally): number[] {
  const { side } = tally;
  const inside = new Set(region.cells);
  const taken = named.map(({ x, y }) => [(x + 0.5) * side, (y + 0.5) * side] as const);
  const own = taken.filter(([x, y]) => inside.has(Math.floor(y) * side + Math.floor(x)));
  const result: number[] = [];
  for (const cell of bestFirst(region, depth, tally)) {
    const [x, y] = centreOf(cell, side);
    if (own.some(([a, b]) => Math.hypot(a - x, b - y) < REPEATED)) continue;
    own.push([x, y]);
    result.push(cell);
  }
  return result;
}

/** A region's cells, those first that lie deep inside it and near to its middle. */
function bestFirst(region: Region, depth: Float32Array, tally: Tally): number[] {
  const [x, y] = middleOf(region.cells, region.code, tally);
  const score = (cell: number) => {
    const [a, b] = centreOf(cell, tally.side);
    return (depth[cell] as number) - OFF_MIDDLE * Math.hypot(a - x, b - y);
  };
  const scores = new Map(region.cells.map((cell) => [cell, score(cell)]));
  return region.cells.slice().sort((a, b) => (scores.get(b) as number) - (scores.get(a) as number) || a - b);
}

/** The middle of a category's items around a cell, map units: twice their mean as far as `AROUND` (mean shift). */
function anchorOf(code: number, cell: number, side: number, finest: Tally): { x: number; y: number } {
  const scale = finest.side / side;
  let [x, y] = centreOf(cell, side).map((v) => v * scale) as [number, number];
  for (let step = 0; step < 2; step++) {
    const near = cellsAround(x, y, AROUND * scale, finest.side).filter((at) => countIn(finest, at, code) > 0);
    if (near.length > 0) [x, y] = middleOf(near, code, finest);
  }
  return { x: x / finest.side - 0.5, y: y / finest.side - 0.5 };
}

function cellsAround(x: number, y: number, reach: number, side: number): number[] {
  const cells: number[] = [];
  const [firstRow, lastRow] = [Math.max(Math.floor(y - reach), 0), Math.min(Math.floor(y + reach), side - 1)];
  const [first, last] = [Math.max(Math.floor(x - reach), 0), Math.min(Math.floor(x + reach), side - 1)];
  for (let row = firstRow; row <= lastRow; row++)
    for (let column = first; column <= last; column++) cells.push(row * side + column);
  return cells;
}

/** The mean place of a category's items in some cells, in cells. */
function middleOf(cells: readonly number[], code: number, tally: Tally): [number, number] {
  let [x, y, count] = [0, 0, 0];
  for (const cell of cells) {
    const n = countIn(tally, cell, code);
    const [a, b] = centreOf(cell, tally.side);
    x += a * n;
    y += b * n;
    count += n;
  }
  return [x / count, y / count];
}

function centreOf(cell: number, side: number): [number, number] {
  return [(cell % side) + 0.5, Math.floor(cell / side) + 0.5];
}
