/** Reads selections where no server does: by the map's own columns, layouts and tags. What needs more is refused by name. */

import type { Column, MapBundle, Values } from "../bundle/index.ts";
import type { Point } from "../camera/camera.ts";
import { frameOf } from "../camera/frame.ts";
import { MISSING_TIME, missingCode } from "../data/category.ts";
import { type Mask, maskOf } from "../data/mask.ts";
import { outlineRegion } from "../data/outline.ts";
import { itemsWithin } from "../data/region.ts";
import { unitsOf } from "../data/times.ts";
import { RefusedError } from "../find/server.ts";
import { readLayout } from "../layers/loader.ts";
import type { Tag } from "../state/tags.ts";
import type { Json } from "./write.ts";

/** What can be read here, and how each is. */
const READERS: Readonly<Record<string, (reader: Reader, asked: never) => Promise<Mask>>> = {
  all: (reader, parts: readonly Json[]) => reader.joined(parts, true),
  any: (reader, parts: readonly Json[]) => reader.joined(parts, false),
  not: async (reader, part: Json) => (await reader.read(part)).map((mark) => 1 - mark),
  values: (reader, asked: AskedValues) => reader.values(asked),
  range: (reader, asked: AskedRange) => reader.range(asked),
  lasso: (reader, asked: AskedLasso) => reader.lasso(asked),
  topic: (reader, asked: AskedTopic) => reader.topic(asked),
  tag: async (reader, name: string) => reader.tagged(name),
};

interface AskedValues {
  readonly field: string;
  readonly in?: readonly unknown[];
  readonly missing?: boolean;
}

interface AskedRange {
  readonly field: string;
  readonly min?: number | string | null;
  readonly max?: number | string | null;
  readonly missing?: boolean;
}

interface AskedLasso {
  readonly projection?: string;
  readonly polygon: readonly (readonly [number, number])[];
}

interface AskedTopic {
  readonly depth: number;
  readonly name?: string;
  readonly id?: number;
}

/** Find which items a selection means; raises RefusedError for what only the server reads, or what is not understood. */
export async function choiceOf(bundle: MapBundle, tags: readonly Tag[], selection: Json): Promise<Mask> {
  try {
    return await new Reader(bundle, tags).read(selection);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new RefusedError("This selection is not as docs/search.md describes them.");
  }
}

class Reader {
  constructor(
    private readonly bundle: MapBundle,
    private readonly tags: readonly Tag[],
  ) {}

  async read(selection: Json): Promise<Mask> {
    const [kind, ...others] = Object.keys(selection);
    const reader = kind !== undefined && others.length === 0 && Object.hasOwn(READERS, kind) && READERS[kind];
    if (!reader) {
      const known = Object.keys(READERS).join(", ");
      throw new RefusedError(
        `Without its server a map reads ${known}; got ${JSON.stringify(selection).slice(0, 60)}.`,
      );
    }
    return reader(this, selection[kind!] as never);
  }

  async joined(parts: readonly Json[], all: boolean): Promise<Mask> {
    const result = new Uint8Array(this.bundle.count).fill(all ? 1 : 0);
    for (const part of parts) {
      const marks = await this.read(part);
      for (let item = 0; item < result.length; item++) {
        if (all) result[item]! &= marks[item]!;
        else result[item]! |= marks[item]!;
      }
    }
    return result;
  }

  async values({ field, in: wanted = [], missing = false }: AskedValues): Promise<Mask> {
    const column = this.column(field);
    const values = await this.bundle.values(field);
    if (column.kind !== "category") {
      const asked = new Set(wanted.map((value) => boundOf(value as number | string, column)));
      return this.marked(column, values, missing, (value) => asked.has(value));
    }
    const names = new Set(wanted.map(String));
    const codes = new Set(column.categories.flatMap((name, code) => (names.has(name) ? [code] : [])));
    return this.marked(column, values, missing, (code) => codes.has(code));
  }

  async range({ field, min = null, max = null, missing = false }: AskedRange): Promise<Mask> {
    const column = this.column(field);
    if (column.kind === "category") throw new RefusedError(`${field} holds categories, which have no range.`);
    // The map keeps numbers in single precision, and so the bounds are.
    const low = min === null ? Number.NEGATIVE_INFINITY : rounded(boundOf(min, column), column);
    const high = max === null ? Number.POSITIVE_INFINITY : rounded(boundOf(max, column), column);
    const values = await this.bundle.values(field);
    return this.marked(column, values, missing, (value) => value >= low && value <= high);
  }

  async lasso({ projection, polygon }: AskedLasso): Promise<Mask> {
    const { projections } = this.bundle.manifest;
    const name = projection ?? projections[0].name;
    const frame = frameOf(this.bundle.projection(name).extent);
    const points = polygon.map(
      ([x, y]): Point => ({
        x: (x - frame.left - frame.width / 2) / frame.side,
        y: (y - frame.bottom - frame.height / 2) / frame.side,
      }),
    );
    const { count } = this.bundle;
    return itemsWithin(await readLayout(this.bundle, name), count, count, outlineRegion(points));
  }

  async topic({ depth, name, id }: AskedTopic): Promise<Mask> {
    const field = this.bundle.manifest.topics?.columns[depth - 1];
    if (field === undefined) throw new RefusedError(`This map has no topics at depth ${depth}.`);
    if (id === -1) return this.values({ field, missing: true });
    const topic = (await this.bundle.topics()).find((one) => one.depth === depth && one.id === id);
    const wanted = name ?? topic?.name;
    if (wanted === undefined) throw new RefusedError(`This map has no topic ${id} at depth ${depth}.`);
    return this.values({ field, in: [wanted] });
  }

  tagged(name: string): Mask {
    const tag = this.tags.find((one) => one.name === name);
    if (!tag) throw new RefusedError(`There is no tag ${JSON.stringify(name)}.`);
    return maskOf([], this.bundle.count).map((_, item) => tag.items[item]!);
  }

  private column(field: string): Column {
    const column = this.bundle.manifest.columns.find(({ name }) => name === field);
    if (!column) throw new RefusedError(`This map has no column ${JSON.stringify(field)}.`);
    return column;
  }

  private marked(column: Column, values: Values, missing: boolean, holds: (value: number) => boolean): Mask {
    const absent = column.kind === "category" ? missingCode(values) : MISSING_TIME;
    const isAbsent = (value: number) => (column.kind === "number" ? Number.isNaN(value) : value === absent);
    const mask = new Uint8Array(values.length);
    for (let item = 0; item < mask.length; item++) {
      const value = values[item]!;
      mask[item] = Number(isAbsent(value) ? missing : holds(value));
    }
    return mask;
  }
}

/** A bound in a column's stored units. */
function boundOf(value: number | string, column: Column): number {
  return column.kind === "time" ? unitsOf(Date.parse(String(value)), column) : Number(value);
}

function rounded(value: number, { kind }: Column): number {
  return kind === "number" ? Math.fround(value) : value;
}
