/** The part of the map that a round brush has passed over. */

import type { Point } from "../camera/camera.ts";
import { EdgeChains } from "./chains.ts";
import { boxAround, EDGE, GRID, IN, onGrid, type Region } from "./region.ts";

/**
 * Everything within `radius` of a path. On a grid, what a slightly smaller brush has passed over is inside for sure; the cells
 * between that and a slightly larger one are its rim, and ask the stretches of the path that are near.
 */
export function strokeRegion(path: readonly Point[], radius: number): Region {
  const box = boxAround(path, radius);
  const [width, height] = [(box.maxX - box.minX) / GRID || 1, (box.maxY - box.minY) / GRID || 1];
  const half = Math.hypot(width, height) / 2;
  const rowOf = (y: number) => onGrid(Math.floor((y - box.minY) / height));
  const cells = new Uint8Array(GRID * GRID);
  const chains = new EdgeChains(path, GRID * GRID, false);
  const rowsOf = (edge: number, reach: number): [number, number] => {
    const [from, to] = [chains.ends[4 * edge + 1]!, chains.ends[4 * edge + 3]!];
    return [rowOf(Math.min(from, to) - reach), rowOf(Math.max(from, to) + reach)];
  };
  /** Visit the cells of each row whose middles lie within `reach` of a stretch, as runs of cell numbers. */
  const sweep = (edge: number, reach: number, visit: (first: number, end: number) => void) => {
    const [first, last] = rowsOf(edge, reach);
    for (let row = first; row <= last; row++) {
      const span = spanAt(chains.ends, 4 * edge, reach, box.minY + (row + 0.5) * height);
      if (!span) continue;
      const from = Math.ceil((span[0] - box.minX) / width - 0.5);
      const to = Math.floor((span[1] - box.minX) / width - 0.5);
      if (from <= to) visit(row * GRID + onGrid(from), row * GRID + onGrid(to) + 1);
    }
  };
  const core = radius - half;
  const runs = new Runs(cells);
  for (let edge = 0; edge < chains.count && core > 0; edge++) {
    sweep(edge, core * (1 - 1e-9), (first, end) => runs.add(first, end));
  }
  runs.fill(IN);
  for (let edge = 0; edge < chains.count; edge++) {
    sweep(edge, (radius + half) * (1 + 1e-9), (first, end) => {
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

/** From where to where a brush of this reach, drawn along a stretch, covers a height; null where it does not. */
function spanAt(ends: Float64Array, at: number, reach: number, y: number): [number, number] | null {
  const [ax, ay, bx, by] = [ends[at]!, ends[at + 1]!, ends[at + 2]!, ends[at + 3]!];
  let [left, right] = [Infinity, -Infinity];
  const take = (x: number) => {
    if (x < left) left = x;
    if (x > right) right = x;
  };
  const round = (x: number, away: number) => {
    const square = reach * reach - away * away;
    if (square < 0) return;
    const root = Math.sqrt(square);
    take(x - root);
    take(x + root);
  };
  round(ax, y - ay);
  round(bx, y - by);
  // The sides between the two ends run parallel to the stretch, `reach` away from it.
  const length = Math.hypot(bx - ax, by - ay);
  if (length > 0 && ay !== by) {
    const [offX, offY] = [((by - ay) / length) * reach, ((ax - bx) / length) * reach];
    for (const side of [1, -1]) {
      const t = (y - ay - side * offY) / (by - ay);
      if (t >= 0 && t <= 1) take(ax + side * offX + t * (bx - ax));
    }
  }
  return left <= right ? [left, right] : null;
}
