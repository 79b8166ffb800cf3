/** Many items' fields out of the Parquet shards, row group by row group. Knows no DOM: it runs in a worker. */

import { type FileMetaData, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import type { Row } from "../bundle/bundle.ts";
import type { Rows, Shard } from "../bundle/manifest.ts";
import type { Source } from "../bundle/source.ts";

/** From this share of a shard's row groups on, the whole file is fetched at once. */
const MOST_OF_IT = 0.35;
const KEPT_GROUPS = 96;
const KEPT_FILES = 4;

/** A part of the rows asked for: `items[k]` has the fields `rows[k]`. */
export type OnRows = (items: Uint32Array, rows: readonly Row[], done: number) => void;

interface Wanted {
  readonly shard: Shard;
  readonly group: number;
  readonly items: Uint32Array;
}

export class ShardReader {
  private readonly footers = new Map<string, Promise<FileMetaData>>();
  private readonly groups = new Map<string, Promise<Row[]>>();
  private readonly files = new Map<string, Promise<ArrayBuffer>>();

  constructor(
    private readonly rows: Rows,
    private readonly source: Source,
  ) {}

  /** Read fields of items (ascending), a row group at a time; `done` grows to 1. */
  async read(items: Uint32Array, fields: readonly string[], onRows: OnRows): Promise<void> {
    const wanted = this.wanted(items);
    await this.fetchWhole(wanted);
    let read = 0;
    for (const { shard, group, items: here } of wanted) {
      const rows = await this.group(shard, group, fields);
      read += here.length;
      const first = shard.first + group * this.rows.row_group;
      const picked = Array.from(here, (item) => rows[item - first]!);
      onRows(here, picked, read / items.length);
    }
  }

  /** How many of items 0, 1, 2 … lie in the first `groups` row groups they touch. */
  within(items: Uint32Array, groups: number): Uint32Array {
    let [touched, last] = [0, -1];
    for (let k = 0; k < items.length; k++) {
      const group = this.placeOf(items[k]!);
      if (group !== last) touched++;
      if (touched > groups) return items.subarray(0, k);
      last = group;
    }
    return items;
  }

  private placeOf(item: number): number {
    const shard = this.shardOf(item);
    return this.rows.parts.indexOf(shard) * 1e6 + Math.floor((item - shard.first) / this.rows.row_group);
  }

  private shardOf(item: number): Shard {
    return this.rows.parts.find((part) => item >= part.first && item < part.first + part.count)!;
  }

  private wanted(items: Uint32Array): Wanted[] {
    const wanted: Wanted[] = [];
    for (let k = 0; k < items.length; ) {
      const shard = this.shardOf(items[k]!);
      const group = Math.floor((items[k]! - shard.first) / this.rows.row_group);
      const end = Math.min(shard.first + (group + 1) * this.rows.row_group, shard.first + shard.count);
      let next = k;
      while (next < items.length && items[next]! < end) next++;
      wanted.push({ shard, group, items: items.subarray(k, next) });
      k = next;
    }
    return wanted;
  }

  /** Fetch those shards whole of which most row groups are wanted and not yet read. */
  private async fetchWhole(wanted: readonly Wanted[]): Promise<void> {
    const needed = new Map<Shard, number>();
    for (const { shard } of wanted) needed.set(shard, (needed.get(shard) ?? 0) + 1);
    for (const [shard, count] of needed) {
      const share = count / Math.ceil(shard.count / this.rows.row_group);
      if (share < MOST_OF_IT || count < 3 || this.files.has(shard.path)) continue;
      const file = this.source.bytes(shard.path, shard.bytes).then(({ buffer }) => buffer);
      this.files.set(shard.path, file);
      file.catch(() => this.files.delete(shard.path));
      for (const oldest of [...this.files.keys()].slice(0, -KEPT_FILES)) this.files.delete(oldest);
    }
  }

  private group(shard: Shard, group: number, fields: readonly string[]): Promise<Row[]> {
    const key = `${shard.path} ${group} ${fields.join("\n")}`;
    let rows = this.groups.get(key);
    this.groups.delete(key);
    rows ??= this.readGroup(shard, group, fields);
    this.groups.set(key, rows); // last in the map: most recently used
    for (const oldest of [...this.groups.keys()].slice(0, -KEPT_GROUPS)) this.groups.delete(oldest);
    rows.catch(() => this.groups.delete(key));
    return rows;
  }

  private async readGroup(shard: Shard, group: number, fields: readonly string[]): Promise<Row[]> {
    const rowStart = group * this.rows.row_group;
    const rowEnd = Math.min(shard.count, rowStart + this.rows.row_group);
    const metadata = await this.footer(shard);
    return parquetReadObjects({ file: this.file(shard), metadata, columns: [...fields], rowStart, rowEnd });
  }

  private footer(shard: Shard): Promise<FileMetaData> {
    let footer = this.footers.get(shard.path);
    if (!footer) {
      footer = parquetMetadataAsync(this.file(shard));
      this.footers.set(shard.path, footer);
      footer.catch(() => this.footers.delete(shard.path));
    }
    return footer;
  }

  private file(shard: Shard) {
    return {
      byteLength: shard.bytes,
      slice: async (first: number, end = shard.bytes): Promise<ArrayBuffer> => {
        const whole = await this.files.get(shard.path);
        if (whole) return whole.slice(first, end);
        return (await this.source.range(shard.path, { first, end })).buffer;
      },
    };
  }
}
