/**
 * Runs of items that lie together: within a level of detail the display order follows the map, so that a few hundred items in
 * a row fill a small box, and a region mostly holds all of them or none.
 */

import type { Layout } from "../layers/layout.ts";

/** Items of a block: small enough to lie close together, large enough that a million are few. */
export const BLOCK = 256;

export interface Blocks {
  /** (blocks × 4) least x, least y, greatest x, greatest y among the cells of a block's items. */
  readonly bounds: Uint16Array;
  readonly count: number;
}

/** Each layout's blocks, and of how many items they are. */
const known = new WeakMap<Layout["cells"], { loaded: number; blocks: Blocks }>();

/** The blocks of a layout's first `loaded` items, the last one with what remains. */
export function blocksOf({ cells }: Layout, loaded: number): Blocks {
  const kept = known.get(cells);
  if (kept?.loaded === loaded) return kept.blocks;
  const blocks = boundsOf(cells, loaded);
  known.set(cells, { loaded, blocks });
  return blocks;
}

function boundsOf(cells: Uint16Array, loaded: number): Blocks {
  const count = Math.ceil(loaded / BLOCK);
  const bounds = new Uint16Array(4 * count);
  for (let block = 0; block < count; block++) {
    let [minX, minY, maxX, maxY] = [65535, 65535, 0, 0];
    const end = 2 * Math.min((block + 1) * BLOCK, loaded);
    for (let i = 2 * block * BLOCK; i < end; i += 2) {
      const x = cells[i]!;
      const y = cells[i + 1]!;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
    const at = 4 * block;
    bounds[at] = minX;
    bounds[at + 1] = minY;
    bounds[at + 2] = maxX;
    bounds[at + 3] = maxY;
  }
  return { bounds, count };
}
