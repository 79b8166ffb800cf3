/** Items in a box by a walk over the positions: for boxes that hold many, faster than any tree, and in order. */

import type { Box } from "../camera/camera.ts";
import type { Layout } from "../layers/layout.ts";
import { BLOCK, blocksOf } from "./blocks.ts";

/** From so many items on, whole blocks of them are passed over. */
const MANY = 65_536;

/** The first `limit` of items 0 … count − 1 in a box, ascending; a box's edges count to half a cell of 65,536. */
export function scanBox(layout: Layout, count: number, box: Box, limit = count): Uint32Array<ArrayBuffer> {
  const { cells, frame } = layout;
  const [left, right] = cellsBetween(box.minX, box.maxX, frame.width / frame.side);
  const [low, high] = cellsBetween(box.minY, box.maxY, frame.height / frame.side);
  const found = new Uint32Array(Math.min(limit, count));
  let length = 0;
  const walk = (first: number, end: number) => {
    for (let item = first, k = 2 * first; item < end && length < found.length; item++, k += 2) {
      const x = cells[k] as number;
      const y = cells[k + 1] as number;
      if (x >= left && x <= right && y >= low && y <= high) found[length++] = item;
    }
  };
  if (count < MANY) walk(0, count);
  else {
    const { bounds, count: blocks } = blocksOf(layout, count);
    for (let block = 0, at = 0; block < blocks && length < found.length; block++, at += 4) {
      if (bounds[at]! > right || bounds[at + 2]! < left || bounds[at + 1]! > high || bounds[at + 3]! < low)
        continue;
      walk(block * BLOCK, Math.min((block + 1) * BLOCK, count));
    }
  }
  return found.subarray(0, length);
}

/** The cells along an axis whose middles lie between two map coordinates. */
function cellsBetween(from: number, to: number, span: number): [number, number] {
  const cellOf = (value: number) => (value / span + 0.5) * 65536 - 0.5;
  return [Math.ceil(cellOf(from)), Math.floor(cellOf(to))];
}
