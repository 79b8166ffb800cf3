/** How far apart neighbours are in each part of a layout: a coarse, smooth field over its extent. */

import type { Point } from "../camera/camera.ts";
import type { Layout } from "./layout.ts";

const FINEST_GRID = 40;
/** The field stays within this factor of the layout's typical spacing. */
const RANGE = 4;

export class SpacingField {
  /** Row by row from the bottom, ln of the spacing in map units at each cell's middle. */
  private constructor(
    private readonly logs: Float64Array,
    private readonly grid: number,
    private readonly spanX: number,
    private readonly spanY: number,
  ) {}

  /** Measure the first `sample` of a layout's `count` items, whose typical spacing is known. */
  static of({ cells, frame }: Layout, sample: number, count: number, typical: number): SpacingField {
    const grid = Math.min(Math.max(Math.round(Math.sqrt(sample) / 4), 2), FINEST_GRID);
    const counts = new Float64Array(grid * grid);
    for (let i = 0; i < sample; i++) {
      const column = ((cells[2 * i] as number) * grid) >>> 16;
      const row = ((cells[2 * i + 1] as number) * grid) >>> 16;
      (counts[row * grid + column] as number)++;
    }
    const spanX = frame.width / frame.side;
    const spanY = frame.height / frame.side;
    const cellArea = (spanX * spanY) / counts.length;
    const scale = count / sample / cellArea;
    const logs = blurred(blurred(counts, grid), grid).map((c) => {
      const spacing = c > 0 ? 1 / Math.sqrt(c * scale) : Number.POSITIVE_INFINITY;
      return Math.log(Math.min(Math.max(spacing, typical / RANGE), typical * RANGE));
    });
    return new SpacingField(logs, grid, spanX, spanY);
  }

  /** Read ln of the spacing at a map point, bilinearly; beyond the extent its edge goes on. */
  logAt({ x, y }: Point): number {
    const { grid } = this;
    const last = grid - 1;
    const column = Math.min(Math.max((x / this.spanX + 0.5) * grid - 0.5, 0), last);
    const row = Math.min(Math.max((y / this.spanY + 0.5) * grid - 0.5, 0), last);
    const c = Math.min(Math.floor(column), last - 1);
    const r = Math.min(Math.floor(row), last - 1);
    const at = (dc: number, dr: number) => this.logs[(r + dr) * grid + c + dc] as number;
    const u = column - c;
    const v = row - r;
    return (at(0, 0) * (1 - u) + at(1, 0) * u) * (1 - v) + (at(0, 1) * (1 - u) + at(1, 1) * u) * v;
  }
}

/** Blur by (1 2 1) / 4 along both axes. */
function blurred(values: Float64Array, grid: number): Float64Array {
  const along = (source: Float64Array, step: number, place: (k: number) => number) =>
    source.map((value, k) => {
      const before = place(k) > 0 ? (source[k - step] as number) : value;
      const after = place(k) < grid - 1 ? (source[k + step] as number) : value;
      return (before + 2 * value + after) / 4;
    });
  const rows = along(values, 1, (k) => k % grid);
  return along(rows, grid, (k) => Math.floor(k / grid));
}
