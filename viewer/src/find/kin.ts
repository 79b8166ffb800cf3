/** The others that an item is shown with. */

import type { CategoryColumn, Manifest, MapBundle } from "../bundle/index.ts";
import { itemsOf, type Mask } from "../data/mask.ts";
import { type Plane, planeOf, rankInPlane } from "./plane.ts";
import { first, type Ranked, rankedAs } from "./ranked.ts";
import type { SearchServer } from "./server.ts";
import { inSlices } from "./slices.ts";
import { walk } from "./walk.ts";

/** Nearest by the vectors or on the map, or members of the item's own category. */
export const RELATIONS = ["space", "map", "closest", "farthest", "random"] as const;
export type Relation = (typeof RELATIONS)[number];

/** The item's category, and who else is in it. */
export interface Group {
  readonly column: CategoryColumn;
  /** null for items without a value. */
  readonly value: string | null;
  readonly members: Mask;
}

export interface KinAsked {
  readonly item: number;
  readonly relation: Relation;
  readonly wanted: number;
  readonly projection: string;
  /** Column whose categories are the groups. */
  readonly column: string | null;
  /** Another number gives other random members. */
  readonly roll: number;
}

export interface Kin {
  readonly item: number;
  readonly relation: Relation;
  readonly ranked: Ranked;
  /** What the distances are in: a metric over the vectors, or the title of a projection. */
  readonly measure: string | null;
}

type Measured = Pick<Kin, "ranked" | "measure">;

/** An item's kin can't be found, for a reason that the reader should know. */
export class NoKinError extends Error {
  override readonly name = "NoKinError";
}

export class KinFinder {
  private plane: { name: string; plane: Promise<Plane> } | null = null;

  constructor(
    private readonly bundle: MapBundle,
    private readonly server: SearchServer,
  ) {}

  /** Raises NoKinError, MapError, RefusedError, or the signal's AbortError. */
  async find(asked: KinAsked, signal?: AbortSignal): Promise<Kin> {
    const { item, relation } = asked;
    return { item, relation, ...(await this.rank(asked, signal)) };
  }

  private async rank(asked: KinAsked, signal?: AbortSignal): Promise<Measured> {
    const { item, relation, wanted } = asked;
    switch (relation) {
      case "space":
        return this.inSpace(item, wanted, signal);
      case "map":
        return this.onMap(asked, null, false, signal);
      case "random": {
        const { members } = await this.groupOf(asked);
        members[item] = 0;
        const others = itemsOf(members);
        return { ranked: rankedAs(drawn(others, wanted, asked.roll), null), measure: null };
      }
      default:
        return this.inGroup(asked, relation === "farthest", signal);
    }
  }

  private async inSpace(item: number, wanted: number, signal?: AbortSignal): Promise<Measured> {
    const { knn } = this.bundle.manifest;
    const near = await this.bundle.neighbors(item);
    if (near && knn && near.items.length >= wanted) {
      const ranked = rankedAs(Array.from(near.items), Array.from(near.distances));
      return { ranked: first(ranked, wanted), measure: knn.metric };
    }
    if (await this.server.can("search-item")) {
      const answer = await this.server.search({ item, limit: wanted }, signal);
      return { ranked: answer, measure: answer.metric };
    }
    if (!near || !knn)
      throw new NoKinError(
        "This map carries no neighbours: it shows where items lie, not how alike they are.",
      );
    const of = async (other: number) => (await this.bundle.neighbors(other))!;
    return { ranked: await walk(of, item, wanted, signal), measure: knn.metric };
  }

  private async inGroup(asked: KinAsked, farthest: boolean, signal?: AbortSignal): Promise<Measured> {
    const { item, wanted } = asked;
    const group = await this.groupOf(asked);
    if (!(await this.server.can("search-item"))) return this.onMap(asked, group.members, farthest, signal);
    const among = { column: group.column.name, value: group.value };
    const answer = await this.server.search({ item, limit: wanted, among, farthest }, signal);
    return { ranked: answer, measure: answer.metric };
  }

  private async onMap(
    asked: KinAsked,
    among: Mask | null,
    farthest: boolean,
    signal?: AbortSignal,
  ): Promise<Measured> {
    const { item, wanted, projection } = asked;
    if (this.plane?.name !== projection) {
      this.plane = { name: projection, plane: planeOf(this.bundle, projection) };
      this.plane.plane.catch(() => {
        this.plane = null;
      });
    }
    const ranked = await rankInPlane(await this.plane.plane, item, wanted, { among, farthest, signal });
    return { ranked, measure: this.bundle.projection(projection).title };
  }

  private async groupOf({ item, column: name }: KinAsked): Promise<Group> {
    const column = name === null ? null : this.bundle.column(name);
    if (column?.kind !== "category")
      throw new NoKinError("No column of this map sorts its items into groups.");
    const codes = await this.bundle.values(column.name);
    const code = codes[item]!;
    const members = new Uint8Array(codes.length);
    await inSlices(codes.length, (from, to) => {
      for (let other = from; other < to; other++) members[other] = codes[other] === code ? 1 : 0;
    });
    return { column, value: column.categories[code] ?? null, members };
  }
}

/** The column whose categories are an item's groups: the one that colours the map, else the label, else the first. */
export function groupingColumn(manifest: Manifest, color: string | null): CategoryColumn | null {
  const categories = manifest.columns.filter((column) => column.kind === "category");
  const label = manifest.fields.find(({ role }) => role === "label")?.name;
  const named = (name: string | null | undefined) => categories.find((column) => column.name === name);
  return named(color) ?? named(label) ?? categories[0] ?? null;
}

/** Draw some of the items; the same `roll` draws the same ones. */
function drawn(items: Uint32Array, wanted: number, roll: number): number[] {
  const random = mulberry(roll + 1);
  const count = Math.min(wanted, items.length);
  for (let k = 0; k < count; k++) {
    const other = k + Math.floor(random() * (items.length - k));
    [items[k], items[other]] = [items[other]!, items[k]!];
  }
  return Array.from(items.subarray(0, count));
}

/** Numbers in [0, 1) from a seed: mulberry32, in the public domain. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
