/** The part of the map that a closed line goes around. */

import type { Point } from "../camera/camera.ts";
import { EdgeChains } from "./chains.ts";
import { boxAround, EDGE, GRID, IN, OUT, onGrid, type Region } from "./region.ts";

/**
 * Everything that an outline goes around, where it crosses itself too (non-zero winding). Its box is cut into a grid; cells that
 * the outline runs through ask the edges of their row, all others know.
 */
export function outlineRegion(points: readonly Point[]): Region {
  const box = boxAround(points, 0);
  const [width, height] = [(box.maxX - box.minX) / GRID || 1, (box.maxY - box.minY) / GRID || 1];
  const rowOf = (y: number) => onGrid(Math.floor((y - box.minY) / height));
  const columnOf = (x: number) => onGrid(Math.floor((x - box.minX) / width));
  const rows = new EdgeChains(points, GRID, true);
  const cells = new Uint8Array(GRID * GRID);
  for (let edge = 0; edge < rows.count; edge++) {
    const [from, to] = [rows.ends[4 * edge + 1]!, rows.ends[4 * edge + 3]!];
    const last = rowOf(Math.max(from, to) + height / 64);
    for (let row = rowOf(Math.min(from, to) - height / 64); row <= last; row++) {
      rows.add(row, edge);
      const low = box.minY + row * height;
      const [left, right] = spanOf(rows.ends, 4 * edge, low, low + height);
      cells.fill(
        EDGE,
        row * GRID + columnOf(left - width / 64),
        row * GRID + columnOf(right + width / 64) + 1,
      );
    }
  }
  for (let row = 0; row < GRID; row++) {
    const middle = box.minY + (row + 0.5) * height;
    fillBetween(cells, row, (column) => rows.turns(row, box.minX + (column + 0.5) * width, middle) !== 0);
  }
  const contains = (x: number, y: number, cell: number) => rows.turns(Math.floor(cell / GRID), x, y) !== 0;
  return { box, side: GRID, cells, contains };
}

/** How far an edge reaches to the left and right between two heights. */
function spanOf(ends: Float64Array, at: number, low: number, high: number): [number, number] {
  const [ax, ay, bx, by] = [ends[at]!, ends[at + 1]!, ends[at + 2]!, ends[at + 3]!];
  if (ay === by) return [Math.min(ax, bx), Math.max(ax, bx)];
  const xAt = (y: number) => ax + ((bx - ax) * (y - ay)) / (by - ay);
  const [from, to] = [Math.min(ay, by), Math.max(ay, by)];
  const [one, other] = [xAt(Math.min(Math.max(low, from), to)), xAt(Math.min(Math.max(high, from), to))];
  return [Math.min(one, other), Math.max(one, other)];
}

/** Decide the cells of a row that no edge runs through, each stretch of them by its first. */
function fillBetween(cells: Uint8Array, row: number, inside: (column: number) => boolean): void {
  let known: number = EDGE;
  for (let column = 0; column < GRID; column++) {
    const cell = row * GRID + column;
    if (cells[cell] === EDGE) known = EDGE;
    else {
      if (known === EDGE) known = inside(column) ? IN : OUT;
      cells[cell] = known;
    }
  }
}
