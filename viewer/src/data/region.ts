/** Parts of the map that a hand has drawn: boxes, outlines and brush strokes, in map units. */

import type { Box, Point } from "../camera/camera.ts";
import { STEPS } from "../camera/frame.ts";
import { HALF_STEP, type Layout, MIDDLE } from "../layers/layout.ts";
import type { Mask } from "./mask.ts";

export interface Region {
  /** Nothing outside of it is in the region. */
  readonly box: Box;
  /** Whether a point is in the region; asked only of points in the box. */
  contains(x: number, y: number): boolean;
}

/** Everything between two corners. */
export function boxRegion(a: Point, b: Point): Region {
  return { box: boxAround([a, b], 0), contains: () => true };
}

/** Side of the grid that outlines and strokes are drawn on, so that most points are decided by one look. */
const GRID = 192;
const OUT = 0;
const IN = 1;
const EDGE = 2;

/**
 * Everything that an outline goes around, where it crosses itself too (non-zero winding). Its box is cut into a grid; cells that
 * the outline runs through ask the edges of their row, all others know.
 */
export function outlineRegion(points: readonly Point[]): Region {
  const box = boxAround(points, 0);
  const [width, height] = [(box.maxX - box.minX) / GRID || 1, (box.maxY - box.minY) / GRID || 1];
  const rows = edgesByRow(points, box, height);
  const cells = new Uint8Array(GRID * GRID);
  const column = (x: number) => clamp(Math.floor((x - box.minX) / width));
  for (const [row, edges] of rows.entries()) {
    const low = box.minY + row * height;
    for (const edge of edges) {
      const [left, right] = spanOf(edge, low, low + height);
      cells.fill(EDGE, row * GRID + column(left - width / 64), row * GRID + column(right + width / 64) + 1);
    }
    fillBetween(cells, row, (x) => winds(edges, x, low + height / 2), box.minX + width / 2, width);
  }
  return {
    box,
    contains(x, y) {
      const row = clamp(Math.floor((y - box.minY) / height));
      const known = cells[row * GRID + column(x)];
      return known === EDGE ? winds(rows[row]!, x, y) : known === IN;
    },
  };
}

/** Everything that a round brush has passed over; cells at its rim ask the stretches of the path that are near. */
export function strokeRegion(path: readonly Point[], radius: number): Region {
  const box = boxAround(path, radius);
  const [width, height] = [(box.maxX - box.minX) / GRID || 1, (box.maxY - box.minY) / GRID || 1];
  const half = Math.hypot(width, height) / 2;
  const [square, reach, core] = [radius ** 2, (radius + half) ** 2, Math.max(radius - half, 0) ** 2];
  const cells = new Uint8Array(GRID * GRID);
  const near = new Map<number, Edge[]>();
  const cellAt = (x: number, y: number) =>
    clamp(Math.floor((y - box.minY) / height)) * GRID + clamp(Math.floor((x - box.minX) / width));
  const mark = (edge: Edge, cell: number) => {
    if (cells[cell] === IN) return;
    const x = box.minX + ((cell % GRID) + 0.5) * width;
    const y = box.minY + (Math.floor(cell / GRID) + 0.5) * height;
    const distance = squareTo(edge, x, y);
    if (distance < core) cells[cell] = IN;
    else if (distance <= reach) {
      cells[cell] = EDGE;
      const there = near.get(cell);
      if (there) there.push(edge);
      else near.set(cell, [edge]);
    }
  };
  for (const edge of pairsOf(path)) {
    const own = boxAround(edge, radius);
    const [first, last] = [cellAt(own.minX, own.minY), cellAt(own.maxX, own.maxY)];
    for (let row = first - (first % GRID); row <= last; row += GRID) {
      for (let column = first % GRID; column <= last % GRID; column++) mark(edge, row + column);
    }
  }
  return {
    box,
    contains(x, y) {
      const cell = cellAt(x, y);
      if (cells[cell] !== EDGE) return cells[cell] === IN;
      return near.get(cell)!.some((edge) => squareTo(edge, x, y) <= square);
    },
  };
}

/** The items of a layout that lie in a region; only the first `loaded` have a place. */
export function itemsWithin(layout: Layout, loaded: number, count: number, region: Region): Mask {
  const { cells, fine, frame } = layout;
  const { minX, minY, maxX, maxY } = region.box;
  const [spanX, spanY] = [frame.width / frame.side, frame.height / frame.side];
  const mask = new Uint8Array(count);
  for (let item = 0, i = 0; item < loaded; item++, i += 2) {
    const stepsX = cells[i]! * 256 + (fine ? fine[i]! : MIDDLE) + HALF_STEP;
    const x = (stepsX / STEPS - 0.5) * spanX;
    if (x < minX || x > maxX) continue;
    const stepsY = cells[i + 1]! * 256 + (fine ? fine[i + 1]! : MIDDLE) + HALF_STEP;
    const y = (stepsY / STEPS - 0.5) * spanY;
    if (y < minY || y > maxY) continue;
    if (region.contains(x, y)) mask[item] = 1;
  }
  return mask;
}

type Edge = readonly [Point, Point];

/** For each row of the grid, the outline's edges that reach into it; the outline closes itself. */
function edgesByRow(points: readonly Point[], { minY }: Box, height: number): Edge[][] {
  const rows: Edge[][] = Array.from({ length: GRID }, () => []);
  const rowOf = (y: number) => clamp(Math.floor((y - minY) / height));
  for (const [k, to] of points.entries()) {
    const from = points[k === 0 ? points.length - 1 : k - 1]!;
    const last = rowOf(Math.max(from.y, to.y) + height / 64);
    for (let row = rowOf(Math.min(from.y, to.y) - height / 64); row <= last; row++)
      rows[row]!.push([from, to]);
  }
  return rows;
}

/** How far an edge reaches to the left and right between two heights. */
function spanOf([a, b]: Edge, low: number, high: number): [number, number] {
  if (a.y === b.y) return [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const at = (y: number) => a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y);
  const [from, to] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  const ends = [at(Math.min(Math.max(low, from), to)), at(Math.min(Math.max(high, from), to))];
  return [Math.min(...ends), Math.max(...ends)];
}

/** Decide the cells of a row that no edge runs through, each stretch of them by its first. */
function fillBetween(
  cells: Uint8Array,
  row: number,
  inside: (x: number) => boolean,
  first: number,
  width: number,
): void {
  let known: number = EDGE;
  for (let column = 0; column < GRID; column++) {
    const cell = row * GRID + column;
    if (cells[cell] === EDGE) known = EDGE;
    else {
      if (known === EDGE) known = inside(first + column * width) ? IN : OUT;
      cells[cell] = known;
    }
  }
}

/** Whether edges wind around a point, counted along the ray to its right. */
function winds(edges: readonly Edge[], x: number, y: number): boolean {
  let turns = 0;
  for (const [a, b] of edges) {
    if (a.y <= y === b.y <= y) continue;
    const side = (b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y);
    if (a.y <= y && side > 0) turns++;
    else if (b.y <= y && side < 0) turns--;
  }
  return turns !== 0;
}

function pairsOf(path: readonly Point[]): Edge[] {
  if (path.length === 1) return [[path[0]!, path[0]!]];
  return path.slice(1).map((to, k) => [path[k]!, to]);
}

/** Squared: roots are slow. */
function squareTo([a, b]: Edge, x: number, y: number): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(Math.max(along, 0), 1);
  return (x - a.x - t * dx) ** 2 + (y - a.y - t * dy) ** 2;
}

function boxAround(points: readonly Point[], margin: number): Box {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const { x, y } of points) {
    box.minX = Math.min(box.minX, x - margin);
    box.minY = Math.min(box.minY, y - margin);
    box.maxX = Math.max(box.maxX, x + margin);
    box.maxY = Math.max(box.maxY, y + margin);
  }
  return box;
}

function clamp(cell: number): number {
  return Math.min(Math.max(cell, 0), GRID - 1);
}
