import type { MapBundle } from "../bundle/index.ts";
import type { Mask } from "../data/mask.ts";
import { Heap } from "./heap.ts";
import { type Ranked, rankedAs } from "./ranked.ts";
import { inSlices } from "./slices.ts";

/** A projection's positions in its own units, an axis each. */
export interface Plane {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Read where the items of a projection lie. */
export async function planeOf(bundle: MapBundle, projection: string): Promise<Plane> {
  const { extent } = bundle.projection(projection);
  const { count } = bundle;
  const [cells, fine] = await Promise.all([bundle.positions(projection), bundle.fine(projection)]);
  const plane = { x: new Float32Array(count), y: new Float32Array(count) };
  for (const [c, values] of [plane.x, plane.y].entries()) {
    const [least, step] = [extent[c]!, (extent[c + 2]! - extent[c]!) / 2 ** 24];
    await inSlices(count, (from, to) => {
      for (let item = from, i = 2 * from + c; item < to; item++, i += 2) {
        values[item] = least + (cells[i]! * 256 + (fine ? fine[i]! : 127.5) + 0.5) * step;
      }
    });
  }
  return plane;
}

interface Choice {
  /** Only these items. */
  readonly among?: Mask | null;
  readonly farthest?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Find the `wanted` items nearest to one, or farthest from it, on the plane. Raises the signal's AbortError. */
export async function rankInPlane(
  { x, y }: Plane,
  item: number,
  wanted: number,
  { among = null, farthest = false, signal }: Choice = {},
): Promise<Ranked> {
  const [atX, atY, sign] = [x[item]!, y[item]!, farthest ? -1 : 1];
  const best = new Heap(); // by the negative cost, so that the worst of the best is on top
  const compare = (from: number, to: number) => {
    for (let other = from; other < to; other++) {
      if (among && among[other] === 0) continue;
      const dx = x[other]! - atX;
      const dy = y[other]! - atY;
      const cost = sign * (dx * dx + dy * dy);
      if (best.size >= wanted && cost >= -best.least) continue;
      if (other === item) continue;
      if (best.size >= wanted) best.pop();
      best.push(-cost, other);
    }
  };
  await inSlices(x.length, compare, signal);
  const found: { key: number; value: number }[] = [];
  for (let entry = best.pop(); entry; entry = best.pop()) found.push(entry);
  found.reverse();
  return rankedAs(
    found.map(({ value }) => value),
    found.map(({ key }) => Math.sqrt(Math.abs(key))),
  );
}
