/** Reads a projection's positions from the map. */

import type { MapBundle } from "../bundle/index.ts";
import { frameOf } from "../camera/frame.ts";
import type { Layout } from "./layout.ts";

/** Read a projection whole, with its finer plane where the map has one. */
export async function readLayout(map: MapBundle, name: string): Promise<Layout> {
  const frame = frameOf(map.projection(name).extent);
  const [cells, fine] = await Promise.all([map.positions(name), map.fine(name)]);
  return { name, frame, cells, fine };
}

/**
 * Read a projection for a map that shows none yet: `onPart` is called as its first items arrive, and again as more do,
 * without the finer plane, which comes with the result.
 */
export async function streamLayout(
  map: MapBundle,
  name: string,
  onPart: (layout: Layout, first: number, count: number) => void,
): Promise<Layout> {
  const frame = frameOf(map.projection(name).extent);
  let layout: Layout | null = null;
  const cells = await map.positions(name, {
    onPart: (values, first, count) => {
      layout ??= { name, frame, cells: values as Uint16Array, fine: null };
      onPart(layout, first, count);
    },
  });
  return { name, frame, cells, fine: await map.fine(name) };
}
