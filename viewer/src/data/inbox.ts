/** Items in a box by a walk over all positions: for boxes that hold many, faster than any tree, and in order. */

import type { Box } from "../camera/camera.ts";
import type { Layout } from "../layers/layout.ts";

/** The first `limit` of items 0 … count − 1 in a box, ascending; a box's edges count to half a cell of 65,536. */
export function scanBox(layout: Layout, count: number, box: Box, limit = count): Uint32Array<ArrayBuffer> {
  const { cells, frame } = layout;
  const [left, right] = cellsBetween(box.minX, box.maxX, frame.width / frame.side);
  const [low, high] = cellsBetween(box.minY, box.maxY, frame.height / frame.side);
  const found = new Uint32Array(Math.min(limit, count));
  let length = 0;
  for (let item = 0, k = 0; item < count && length < found.length; item++, k += 2) {
    const x = cells[k] as number;
    const y = cells[k + 1] as number;
    if (x >= left && x <= right && y >= low && y <= high) found[length++] = item;
  }
  return found.subarray(0, length);
}

/** The cells along an axis whose middles lie between two map coordinates. */
function cellsBetween(from: number, to: number, span: number): [number, number] {
  const cellOf = (value: number) => (value / span + 0.5) * 65536 - 0.5;
  return [Math.ceil(cellOf(from)), Math.floor(cellOf(to))];
}
