/** The part of the map that a round brush has passed over. */

import type { Box, Point } from "../camera/camera.ts";
import { Capsule } from "./capsule.ts";
import { EdgeChains } from "./chains.ts";
import { boxAround, EDGE, GRID, IN, onGrid, type Region } from "./region.ts";

/** Stretches that begin nearer than this share of the radius to the last one are left out of the inside. */
const CLOSE = 1 / 12;

/**
 * Everything within `radius` of a path. On a grid, what a slightly smaller brush has passed over is inside for sure; the cells
 * between that and a slightly larger one are its rim, and ask the stretches of the path that are near.
 */
export function strokeRegion(path: readonly Point[], radius: number): Region {
  const box = boxAround(path, radius);
  const half = Math.hypot(box.maxX - box.minX, box.maxY - box.minY) / GRID / 2 || 1;
  const cells = new Uint8Array(GRID * GRID);
  const chains = new EdgeChains(path, GRID * GRID, false);
  const { ends, count } = chains;
  const runs = new Runs(cells);
  const inner = new Capsule((radius - half) * (1 - 1e-9));
  for (let edge = 0, last = 0; edge < count && radius > half; edge++) {
    // A stretch that has hardly moved on covers next to nothing new: what it would is left to the rim.
    if (edge > 0 && edge < count - 1 && moved(ends, last, edge) < radius * CLOSE) continue;
    last = edge;
    sweep(box, ends, edge, inner, (first, end) => runs.add(first, end));
  }
  runs.fill(IN);
  const outer = new Capsule((radius + half) * (1 + 1e-9));
  for (let edge = 0; edge < count; edge++) {
    sweep(box, ends, edge, outer, (first, end) => {
      for (let cell = runs.after(first); cell < end; cell = runs.after(cell + 1)) {
        cells[cell] = EDGE;
        chains.add(cell, edge);
      }
    });
  }
  const contains = (x: number, y: number, cell: number) => chains.near(cell, x, y, radius ** 2);
  return { box, side: GRID, cells, contains };
}

/** Runs of cells that overlap a great deal: they are added up as where each begins and ends, and filled once. */
class Runs {
  /** Before `fill` how many more runs begin than end at a cell, after it the first cell from each on that no run holds. */
  private readonly steps: Int32Array;

  constructor(private readonly cells: Uint8Array) {
    this.steps = new Int32Array(cells.length + 1);
  }

  add(first: number, end: number): void {
    this.steps[first]!++;
    this.steps[end]!--;
  }

  /** Fill what has been added; nothing can be added after that. */
  fill(what: number): void {
    const { cells, steps } = this;
    for (let cell = 0, held = 0; cell < cells.length; cell++) {
      held += steps[cell]!;
      if (held > 0) cells[cell] = what;
    }
    steps[cells.length] = cells.length;
    for (let cell = cells.length - 1; cell >= 0; cell--)
      steps[cell] = cells[cell] === what ? steps[cell + 1]! : cell;
  }

  /** The first cell from this one on that no run holds. */
  after(cell: number): number {
    return this.steps[cell]!;
  }
}

/** How far it is from the beginning of one stretch to that of another, at least. */
function moved(ends: Float64Array, from: number, to: number): number {
  return Math.hypot(ends[4 * to]! - ends[4 * from]!, ends[4 * to + 1]! - ends[4 * from + 1]!);
}

/** Visit the cells of each row whose middles lie within a capsule's reach of a stretch, as runs of cell numbers. */
function sweep(
  box: Box,
  ends: Float64Array,
  edge: number,
  capsule: Capsule,
  visit: (first: number, end: number) => void,
): void {
  const [width, height] = [(box.maxX - box.minX) / GRID || 1, (box.maxY - box.minY) / GRID || 1];
  capsule.along(ends, 4 * edge);
  const last = onGrid(Math.floor((capsule.high - box.minY) / height));
  for (let row = onGrid(Math.floor((capsule.low - box.minY) / height)); row <= last; row++) {
    if (!capsule.cut(box.minY + (row + 0.5) * height)) continue;
    const from = Math.ceil((capsule.left - box.minX) / width - 0.5);
    const to = Math.floor((capsule.right - box.minX) / width - 0.5);
    if (from <= to) visit(row * GRID + onGrid(from), row * GRID + onGrid(to) + 1);
  }
}
