import { type ReadOptions, readArray, type Values } from "./arrays.ts";
import type {
  ArrayRef,
  Column,
  Frame,
  Manifest,
  Projection,
  Sequence,
  Topic,
  TopicsFile,
} from "./manifest.ts";
import { type Neighborhood, NeighborReader } from "./neighbors.ts";
import { damaged, type Source } from "./source.ts";

/** An item's record: field name → value, exact where the server is there, as stored in the shards otherwise. */
export type Row = Record<string, unknown>;

/** One open map: its manifest, and its files read when they are first asked for. Items are display indices. */
export class MapBundle {
  private readonly arrays = new Map<ArrayRef, Promise<Values>>();
  private readonly graph: NeighborReader | null;
  private named: Promise<readonly Topic[]> | null = null;

  constructor(
    readonly manifest: Manifest,
    readonly source: Source,
    readonly api: URL | null = null,
  ) {
    this.graph = manifest.knn && new NeighborReader(manifest.knn, manifest.count, source);
  }

  get count(): number {
    return this.manifest.count;
  }

  projection(name: string): Projection {
    return named(this.manifest.projections, name, "projection");
  }

  column(name: string): Column {
    return named(this.manifest.columns, name, "column");
  }

  sequence(name: string): Sequence {
    return named(this.manifest.sequences, name, "sequence");
  }

  /** Cells of a frame, as `positions`; read anew at each call, for a long sequence is more than a page can keep. */
  frame({ positions }: Frame, options?: ReadOptions): Promise<Uint16Array<ArrayBuffer>> {
    return readArray(this.source, positions, options) as Promise<Uint16Array<ArrayBuffer>>;
  }

  /** Cells of x, y on the 65,536 grid over the projection's extent, (count × 2); first part first. */
  positions(name: string, options?: ReadOptions): Promise<Uint16Array<ArrayBuffer>> {
    return this.array(this.projection(name).positions, options) as Promise<Uint16Array<ArrayBuffer>>;
  }

  /** Cells within those cells on a 256 grid, (count × 2), or null where the map has none. */
  async fine(name: string, options?: ReadOptions): Promise<Uint8Array<ArrayBuffer> | null> {
    const { fine } = this.projection(name);
    return fine && (this.array(fine, options) as Promise<Uint8Array<ArrayBuffer>>);
  }

  /** Category codes, numbers or time units, one an item. */
  values(column: string, options?: ReadOptions): Promise<Values> {
    return this.array(this.column(column).values, options);
  }

  /** Each item's mean colour, sRGB (count × 3), or null in a map without sprites. */
  async spriteColors(options?: ReadOptions): Promise<Uint8Array<ArrayBuffer> | null> {
    const { sprites } = this.manifest;
    return sprites && (this.array(sprites.colors, options) as Promise<Uint8Array<ArrayBuffer>>);
  }

  /** Display order → dataset row. */
  order(options?: ReadOptions): Promise<Uint32Array<ArrayBuffer>> {
    return this.array(this.manifest.order, options) as Promise<Uint32Array<ArrayBuffer>>;
  }

  /** The map's topics by their ids, coarse levels first; none where it was made without. */
  topics(): Promise<readonly Topic[]> {
    this.named ??= this.readTopics().catch((error) => {
      this.named = null; // the next call tries again
      throw error;
    });
    return this.named;
  }

  private async readTopics(): Promise<readonly Topic[]> {
    const { topics } = this.manifest;
    if (!topics) return [];
    const stored = await this.source.bytes(topics.path, topics.bytes);
    try {
      return (JSON.parse(new TextDecoder().decode(stored)) as TopicsFile).topics;
    } catch {
      throw damaged(this.source.url(topics.path), "it is not JSON");
    }
  }

  /** Fetch a stored file whole, e.g. a sprite page. */
  file(ref: { path: string; bytes: number }, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    return this.source.bytes(ref.path, ref.bytes, signal);
  }

  /** The item's nearest others in the space of the vectors, or null where the map carries none. */
  async neighbors(item: number): Promise<Neighborhood | null> {
    return (await this.graph?.of(item)) ?? null;
  }

  /** Where the item's original image is, or null without a server or an image field. */
  imageUrl(item: number): URL | null {
    const pictured = this.manifest.sprites !== null;
    return this.api && pictured ? new URL(`images/${item}`, this.api) : null;
  }

  /** Fetch what a first picture is made of, before anybody asks for it: the first parts of a projection and of its colours. */
  begin(projection: string, color: string | null): void {
    const { projections, columns, sprites } = this.manifest;
    const colors =
      columns.find(({ name }) => name === color)?.values ?? (color === null ? sprites?.colors : null);
    for (const array of [projections.find(({ name }) => name === projection)?.positions, colors]) {
      const [first] = array?.parts ?? [];
      if (first) this.source.begin(first.path);
    }
  }

  /** Read an array once and keep it; one that is kept, or on its way already, reports itself to `onPart` whole. */
  private async array(ref: ArrayRef, options: ReadOptions = {}): Promise<Values> {
    const kept = this.arrays.get(ref);
    if (kept) {
      const values = await kept;
      options.onPart?.(values, 0, ref.count);
      return values;
    }
    const reading = readArray(this.source, ref, options);
    this.arrays.set(ref, reading);
    reading.catch(() => this.arrays.delete(ref)); // the next who asks tries again
    return reading;
  }
}

function named<T extends { name: string }>(list: readonly T[], name: string, what: string): T {
  const found = list.find((entry) => entry.name === name);
  if (found) return found;
  const names = list.map((entry) => entry.name).join(", ") || "none";
  throw new RangeError(`no ${what} is named ${JSON.stringify(name)}; this map has ${names}`);
}
