import type { FileMetaData } from "hyparquet";
import type { Row } from "./bundle.ts";
import type { Manifest, Shard } from "./manifest.ts";
import type { Source } from "./source.ts";

const KEPT_GROUPS = 16;

/** Records of single items: from the server, else one row group of a Parquet shard, read by byte ranges. */
export class RowReader {
  private readonly footers = new Map<string, Promise<FileMetaData>>();
  private readonly groups = new Map<string, Promise<Row[]>>();

  constructor(
    private readonly manifest: Manifest,
    private readonly source: Source,
    private readonly api: URL | null,
  ) {}

  async read(item: number, signal?: AbortSignal): Promise<Row | null> {
    if (!(Number.isInteger(item) && item >= 0 && item < this.manifest.count)) {
      throw new RangeError(`item ${item} is not on this map; it has items 0 to ${this.manifest.count - 1}`);
    }
    if (this.api) {
      const row = await this.readFromServer(this.api, item, signal);
      if (row || !this.manifest.rows) return row;
    }
    return this.manifest.rows && this.readFromShard(item);
  }

  /** Ask the server; null when it can't answer, for the shards can. */
  private async readFromServer(api: URL, item: number, signal?: AbortSignal): Promise<Row | null> {
    try {
      const response = await this.source.request(new URL(`items/${item}`, api), { signal });
      const { fields } = (await response.json()) as { fields: Row };
      return fields ?? null;
    } catch (error) {
      if (signal?.aborted) throw error;
      return null;
    }
  }

  /** Not bound to a caller's signal: the group is kept, and serves the neighbours that are hovered next. */
  private async readFromShard(item: number): Promise<Row | null> {
    const { parts, row_group: size } = this.manifest.rows!;
    const shard = parts.find((part) => item >= part.first && item < part.first + part.count)!;
    const within = item - shard.first;
    const group = Math.floor(within / size);
    const key = `${shard.path} ${group}`;
    let rows = this.groups.get(key);
    this.groups.delete(key);
    rows ??= this.readGroup(shard, group * size, Math.min(shard.count, (group + 1) * size));
    this.groups.set(key, rows); // last in the map: most recently used
    for (const oldest of [...this.groups.keys()].slice(0, -KEPT_GROUPS)) this.groups.delete(oldest);
    rows.catch(() => this.groups.delete(key));
    return (await rows)[within % size] ?? null;
  }

  private async readGroup(shard: Shard, rowStart: number, rowEnd: number): Promise<Row[]> {
    const { parquetReadObjects } = await import("hyparquet");
    const file = this.file(shard);
    return parquetReadObjects({ file, metadata: await this.footer(shard), rowStart, rowEnd });
  }

  private footer(shard: Shard): Promise<FileMetaData> {
    let footer = this.footers.get(shard.path);
    if (!footer) {
      footer = import("hyparquet").then(({ parquetMetadataAsync }) => parquetMetadataAsync(this.file(shard)));
      this.footers.set(shard.path, footer);
      footer.catch(() => this.footers.delete(shard.path));
    }
    return footer;
  }

  private file(shard: Shard) {
    return {
      byteLength: shard.bytes,
      slice: async (first: number, end = shard.bytes) => {
        const bytes = await this.source.range(shard.path, { first, end });
        return bytes.buffer;
      },
    };
  }
}
