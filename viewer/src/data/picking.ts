/** Finding items by place: an index over one layout's positions, in map units. */

import KDBush from "kdbush";
import type { Box, Point } from "../camera/camera.ts";
import { type Layout, pointOf } from "../layers/layout.ts";
import { scanBox } from "./inbox.ts";

/** Index items 0 … count − 1 of a layout. */
export function buildIndex(layout: Layout, count: number): KDBush {
  const index = new KDBush(count, 64, Float32Array);
  for (let item = 0; item < count; item++) {
    const { x, y } = pointOf(layout, item);
    index.add(x, y);
  }
  return index.finish();
}

/** Whether an item may be preferred: lit ones are, dim ones only where there is nothing else. */
export type Preferred = (item: number) => boolean;

/** Items asked for how many of all lie in a box: a part of the display order is an even sample. */
const SAMPLE = 4096;
/** A box with more items than this is scanned for. */
const FEW = 12_000;
/** A nearest item is looked for within this share of the reach at first: in dense places that is far enough. */
const FIRST_SHARE = 1 / 8;
/** Map units looked around a point at first for its closest item. */
const FIRST_REACH = 1 / 1024;

export class PickIndex {
  constructor(
    private readonly tree: KDBush,
    private readonly layout: Layout,
  ) {}

  get count(): number {
    return this.tree.numItems;
  }

  /** Find the first `limit` items in a box, ascending. */
  inBox(box: Box, limit = this.count): Uint32Array<ArrayBuffer> {
    const sample = Math.min(SAMPLE, this.count);
    const expected = (scanBox(this.layout, sample, box).length * this.count) / sample;
    if (expected > FEW) return scanBox(this.layout, this.count, box, limit);
    return Uint32Array.from(this.range(box)).sort().subarray(0, limit);
  }

  /** Whether any item is in a box. */
  hasIn(box: Box): boolean {
    const sample = Math.min(SAMPLE, this.count);
    return scanBox(this.layout, sample, box, 1).length > 0 || this.range(box).length > 0;
  }

  /** Find the place of the item closest to a point, however far it is; null in an empty index. */
  closestTo(at: Point): Point | null {
    if (this.count === 0) return null;
    for (let radius = FIRST_REACH; ; radius *= 2) {
      const item = this.nearest(at, radius, () => true);
      if (item !== null) return pointOf(this.layout, item);
    }
  }

  /** Find the nearest item within `radius` map units, or null; the lower index wins a tie. */
  nearest(at: Point, radius: number, preferred: Preferred): number | null {
    for (let reach = radius * FIRST_SHARE; reach < radius; reach *= 2) {
      const item = this.nearestOf(this.tree.within(at.x, at.y, reach), at, preferred);
      if (item !== null && preferred(item)) return item;
    }
    return this.nearestOf(this.tree.within(at.x, at.y, radius), at, preferred);
  }

  /**
   * Find the item whose square sprite of `side` map units lies under a point: the one on top (lowest index), or,
   * where sprites are see-through strokes, the one whose middle is nearest.
   */
  sprite(at: Point, side: number, see: "top" | "nearest", preferred: Preferred): number | null {
    const half = side / 2;
    const under = this.tree.range(at.x - half, at.y - half, at.x + half, at.y + half);
    if (see === "nearest") return this.nearestOf(under, at, preferred);
    return best(under, preferred, (item) => item);
  }

  private range({ minX, minY, maxX, maxY }: Box): number[] {
    return this.tree.range(minX, minY, maxX, maxY);
  }

  private nearestOf(items: readonly number[], at: Point, preferred: Preferred): number | null {
    return best(items, preferred, (item) => {
      const { x, y } = pointOf(this.layout, item);
      return (x - at.x) ** 2 + (y - at.y) ** 2;
    });
  }
}

/** Find the item of least cost among the preferred ones, or all where none is; the lowest index wins a tie. */
function best(items: readonly number[], preferred: Preferred, cost: (item: number) => number): number | null {
  let found: number | null = null;
  let foundLit = false;
  let least = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const lit = preferred(item);
    if (foundLit && !lit) continue;
    const price = cost(item);
    if (price < least || (lit && !foundLit) || (price === least && item < (found ?? 0))) {
      found = item;
      least = price;
      foundLit = lit;
    }
  }
  return found;
}
