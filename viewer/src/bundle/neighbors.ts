import { readPart, type Values } from "./arrays.ts";
import type { ArrayRef, Neighbors } from "./manifest.ts";
import type { Source } from "./source.ts";

/** An item's nearest others in the space of the vectors, nearest first. */
export interface Neighborhood {
  readonly items: Uint32Array;
  readonly distances: Float32Array;
}

/** Parts kept in memory; Terrella's hold 4,096 items each. */
const KEPT_PARTS = 48;

/** Neighbours of single items, read with the part of the map's graph that holds them: no server is needed. */
export class NeighborReader {
  private readonly parts = new Map<string, Promise<Values>>();

  constructor(
    private readonly graph: Neighbors,
    private readonly count: number,
    private readonly source: Source,
  ) {}

  /** Raises MapError where the files can't be read. */
  async of(item: number): Promise<Neighborhood> {
    const { indices, distances } = this.graph;
    const [found, apart] = await Promise.all([this.row(indices, item), this.row(distances, item)]);
    const known = Array.from(found.keys()).filter((k) => found[k]! < this.count); // a damaged map may point beyond its end
    return {
      items: Uint32Array.from(known, (k) => found[k]!),
      distances: Float32Array.from(known, (k) => apart[k]!),
    };
  }

  private async row(ref: ArrayRef, item: number): Promise<Values> {
    const part = ref.parts.find(({ first, count }) => item >= first && item < first + count);
    if (!part) throw new RangeError(`item ${item} is not on this map; it has items 0 to ${this.count - 1}`);
    const kept = this.parts.get(part.path) ?? readPart(this.source, ref, part);
    this.parts.delete(part.path);
    this.parts.set(part.path, kept); // last in the map: most recently used
    for (const oldest of [...this.parts.keys()].slice(0, -2 * KEPT_PARTS)) this.parts.delete(oldest);
    kept.catch(() => this.parts.delete(part.path));
    const start = (item - part.first) * ref.components;
    return (await kept).subarray(start, start + ref.components);
  }
}
