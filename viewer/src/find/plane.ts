import type { MapBundle } from "../bundle/index.ts";
import type { Mask } from "../data/mask.ts";
import { Heap } from "./heap.ts";
import { type Ranked, rankedAs } from "./ranked.ts";

/** A projection's positions in its own units, an axis each. */
export interface Plane {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Read where the items of a projection lie. */
export async function planeOf(bundle: MapBundle, projection: string): Promise<Plane> {
  const { extent } = bundle.projection(projection);
  const [cells, fine] = await Promise.all([bundle.positions(projection), bundle.fine(projection)]);
  const axis = (c: 0 | 1) => {
    const values = new Float32Array(bundle.count);
    const step = (extent[c + 2]! - extent[c]!) / 2 ** 24;
    for (let item = 0, i: number = c; item < values.length; item++, i += 2) {
      values[item] = extent[c] + (cells[i]! * 256 + (fine ? fine[i]! : 127.5) + 0.5) * step;
    }
    return values;
  };
  return { x: axis(0), y: axis(1) };
}

/**
 * Find the `wanted` items nearest to one, or farthest from it, on the plane; `among` keeps only those of a mask.
 * One pass over flat arrays: some milliseconds at a million items.
 */
export function rankInPlane(
  { x, y }: Plane,
  item: number,
  wanted: number,
  { among = null, farthest = false }: { among?: Mask | null; farthest?: boolean } = {},
): Ranked {
  const [atX, atY, sign] = [x[item]!, y[item]!, farthest ? -1 : 1];
  const best = new Heap(); // by the negative cost, so that the worst of the best is on top
  for (let other = 0; other < x.length; other++) {
    if (other === item || (among && among[other] === 0)) continue;
    const [dx, dy] = [x[other]! - atX, y[other]! - atY];
    const cost = sign * (dx * dx + dy * dy);
    if (best.size < wanted) best.push(-cost, other);
    else if (cost < -best.least) {
      best.pop();
      best.push(-cost, other);
    }
  }
  const found: { key: number; value: number }[] = [];
  for (let entry = best.pop(); entry; entry = best.pop()) found.push(entry);
  found.reverse();
  return rankedAs(
    found.map(({ value }) => value),
    found.map(({ key }) => Math.sqrt(Math.abs(key))),
  );
}
