/** How far apart neighbours are in each part of a map: a coarse, smooth field over the unit square of map space. */

import type { Point } from "../camera/camera.ts";
import type { Places } from "./surroundings.ts";

/** Cells along a side. */
const GRID = 40;
/** Weight of the whole map's spacing in each cell, in items: it decides where there are none. */
const PRIOR = 0.05;

export class SpacingField {
  /** Row by row from the bottom, ln of the spacing in map units at each cell's middle. */
  private readonly logs: Float64Array;

  /**
   * Average the items' own spacings in each part.
   * @param logs ln of the spacing around each item, see logSpacings.
   * @param typical ln of the whole map's spacing.
   */
  constructor({ x, y }: Places, logs: Float32Array, typical: number) {
    const sums = new Float64Array(GRID * GRID);
    const counts = new Float64Array(GRID * GRID);
    for (let i = 0; i < logs.length; i++) {
      const column = Math.min(Math.floor((x[i] as number) * GRID), GRID - 1);
      const row = Math.min(Math.floor((y[i] as number) * GRID), GRID - 1);
      (sums[row * GRID + column] as number) += logs[i] as number;
      (counts[row * GRID + column] as number)++;
    }
    const weights = blurred(blurred(counts));
    this.logs = blurred(blurred(sums)).map(
      (sum, k) => (sum + PRIOR * typical) / ((weights[k] as number) + PRIOR),
    );
  }

  /** Read ln of the spacing at a map point, bilinearly; beyond the square its edge goes on. */
  logAt({ x, y }: Point): number {
    const column = Math.min(Math.max((x + 0.5) * GRID - 0.5, 0), GRID - 1);
    const row = Math.min(Math.max((y + 0.5) * GRID - 0.5, 0), GRID - 1);
    const c = Math.min(Math.floor(column), GRID - 2);
    const r = Math.min(Math.floor(row), GRID - 2);
    const at = (dc: number, dr: number) => this.logs[(r + dr) * GRID + c + dc] as number;
    const u = column - c;
    const v = row - r;
    return (at(0, 0) * (1 - u) + at(1, 0) * u) * (1 - v) + (at(0, 1) * (1 - u) + at(1, 1) * u) * v;
  }
}

/** Blur by (1 2 1) / 4 along both axes. */
function blurred(values: Float64Array): Float64Array {
  const along = (source: Float64Array, step: number, place: (k: number) => number) =>
    source.map((value, k) => {
      const before = place(k) > 0 ? (source[k - step] as number) : value;
      const after = place(k) < GRID - 1 ? (source[k + step] as number) : value;
      return (before + 2 * value + after) / 4;
    });
  const rows = along(values, 1, (k) => k % GRID);
  return along(rows, GRID, (k) => Math.floor(k / GRID));
}
