import type { Neighborhood } from "../bundle/index.ts";
import { Heap } from "./heap.ts";
import type { Ranked } from "./ranked.ts";

/** Items looked up before a walk ends: beyond, it would read the whole graph of a large map. */
const MOST_VISITED = 4000;

export type NeighborsOf = (item: number) => Promise<Neighborhood>;

/**
 * Find the `wanted` items nearest to one by ways along the kNN graph (Dijkstra 1959). The item's own neighbours come first,
 * with their true distances; everything farther follows by the length of its shortest way, which is the distance's upper
 * bound under a metric and close to it along a manifold (Tenenbaum et al. 2000).
 */
export async function walk(
  of: NeighborsOf,
  start: number,
  wanted: number,
  signal?: AbortSignal,
): Promise<Ranked> {
  const near = await of(start);
  const items = Array.from(near.items).slice(0, wanted);
  const distances = Array.from(near.distances).slice(0, wanted);
  const exact = items.length;
  const farthest = distances.at(-1) ?? 0;
  const reached = new Set([start, ...items]);
  const frontier = new Heap();
  const open = (neighbors: Neighborhood, base: number) => {
    for (let k = 0; k < neighbors.items.length; k++) {
      const item = neighbors.items[k]!;
      if (!reached.has(item)) frontier.push(base + Math.max(neighbors.distances[k]!, 0), item);
    }
  };
  const hops = items.map((item) => of(item));
  for (const [k, hop] of (await Promise.all(hops)).entries()) open(hop, distances[k]!);
  for (let visited = 0; items.length < wanted && visited < MOST_VISITED; visited++) {
    const next = frontier.pop();
    if (!next) break;
    if (reached.has(next.value)) continue;
    reached.add(next.value);
    items.push(next.value);
    distances.push(Math.max(next.key, farthest));
    if (items.length < wanted) open(await of(next.value), next.key);
    signal?.throwIfAborted();
  }
  return { items, distances, exact };
}
