/** The map's texts, read window by window of rows: what a search goes through. Runs in a worker. */

import type { FileMetaData } from "hyparquet";
import type { CategoryColumn, MapBundle, Shard, Values } from "../bundle/index.ts";
import { wordFields } from "./fields.ts";
import type { Matcher } from "./query.ts";

/** Bytes of a shard that are fetched at once, at least a row group. */
const WINDOW_BYTES = 4 << 20;
const WINDOW_ROWS = 16_384;
/** Characters kept for the next search; what is beyond is read again, from the browser's cache. */
const KEPT_CHARACTERS = 48_000_000;

interface Window {
  readonly shard: Shard;
  readonly metadata: FileMetaData;
  /** Rows of the shard. */
  readonly rowStart: number;
  readonly rowEnd: number;
  readonly firstByte: number;
  readonly endByte: number;
}

/** What a search tells, and is told. */
export interface Searching {
  /** Gets a window's matches and the share of rows done. */
  readonly tell: (items: Uint32Array, done: number) => void;
  /** Ends it early. */
  readonly stale: () => boolean;
  /** Names of the fields to look into; null for all that hold words. */
  readonly fields?: readonly string[] | null;
}

export class Texts {
  private windows: Promise<Window[]> | null = null;
  private readonly kept = new Map<Window, string[][]>();
  private keptCharacters = 0;
  private readonly categories: CategoryColumn[];
  private readonly plain: string[];

  constructor(private readonly bundle: MapBundle) {
    const { columns } = bundle.manifest;
    const fields = wordFields(bundle.manifest);
    const named = (name: string) =>
      columns.find((column) => column.name === name && column.kind === "category");
    this.categories = fields.map(({ name }) => named(name)).filter((column) => column?.kind === "category");
    this.plain = fields.map(({ name }) => name).filter((name) => !named(name));
  }

  /** Tell of the items with a field that matches, window by window in display order. */
  async search(matches: Matcher, { tell, stale, fields = null }: Searching): Promise<void> {
    const { count, manifest } = this.bundle;
    const asked = (name: string) => fields?.includes(name) ?? true;
    const byCategory = await this.categoryMatches(
      matches,
      this.categories.filter(({ name }) => asked(name)),
    );
    if (!manifest.rows || !this.plain.some(asked)) {
      tell(found(0, count, byCategory, []), 1);
      return;
    }
    this.windows ??= this.plan(manifest.rows.parts);
    this.windows.catch(() => {
      this.windows = null;
    });
    for (const window of await this.windows) {
      if (stale()) return;
      const columns = this.kept.get(window) ?? (await this.read(window));
      if (stale()) return;
      const first = window.shard.first + window.rowStart;
      const rows = window.rowEnd - window.rowStart;
      const hits = columns
        .filter((_, k) => asked(this.plain[k]!))
        .map((texts) => texts.map((text) => text !== "" && matches(text) !== null));
      tell(found(first, rows, byCategory, hits), (first + rows) / count);
    }
  }

  /** Which codes of each category column match: names are few, and their items' codes are small and at hand. */
  private async categoryMatches(
    matches: Matcher,
    categories: readonly CategoryColumn[],
  ): Promise<{ codes: Values; hit: boolean[] }[]> {
    const matched = categories
      .map((column) => ({
        column,
        hit: column.categories.map((name) => name !== "" && matches(name) !== null),
      }))
      .filter(({ hit }) => hit.includes(true));
    return Promise.all(
      matched.map(async ({ column, hit }) => ({ codes: await this.bundle.values(column.name), hit })),
    );
  }

  private async plan(shards: readonly Shard[]): Promise<Window[]> {
    const { parquetMetadataAsync } = await import("hyparquet");
    const windows = shards.map(async (shard) => {
      const metadata = await parquetMetadataAsync(this.file(shard));
      return windowsOf(shard, metadata);
    });
    return (await Promise.all(windows)).flat();
  }

  private async read(window: Window): Promise<string[][]> {
    const { parquetReadObjects } = await import("hyparquet");
    const { shard, metadata, rowStart, rowEnd, firstByte, endByte } = window;
    const bytes = await this.bundle.source.range(shard.path, { first: firstByte, end: endByte });
    const file = {
      byteLength: shard.bytes,
      slice: (from: number, to = shard.bytes) => bytes.buffer.slice(from - firstByte, to - firstByte),
    };
    const rows = await parquetReadObjects({ file, metadata, columns: this.plain, rowStart, rowEnd });
    const columns = this.plain.map((name) => rows.map((row) => textOf(row[name])));
    this.keep(window, columns);
    return columns;
  }

  private keep(window: Window, columns: string[][]): void {
    let characters = 0;
    for (const texts of columns) for (const text of texts) characters += text.length;
    if (this.keptCharacters + characters > KEPT_CHARACTERS) return;
    this.keptCharacters += characters;
    this.kept.set(window, columns);
  }

  private file(shard: Shard) {
    return {
      byteLength: shard.bytes,
      slice: async (first: number, end = shard.bytes) =>
        (await this.bundle.source.range(shard.path, { first, end })).buffer,
    };
  }
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.filter((part) => part !== null).join(", ") : String(value);
}

/** Cut a shard into windows of whole row groups. */
function windowsOf(shard: Shard, metadata: FileMetaData): Window[] {
  const windows: Window[] = [];
  let row = 0;
  for (const { columns, num_rows } of metadata.row_groups) {
    const places = columns.map(({ meta_data: about }) => {
      const start = Number(about!.dictionary_page_offset ?? about!.data_page_offset);
      return {
        start: Math.min(start, Number(about!.data_page_offset)),
        size: Number(about!.total_compressed_size),
      };
    });
    const firstByte = Math.min(...places.map(({ start }) => start));
    const endByte = Math.max(...places.map(({ start, size }) => start + size));
    const last = windows.at(-1);
    const rowEnd = row + Number(num_rows);
    if (last && endByte - last.firstByte <= WINDOW_BYTES && rowEnd - last.rowStart <= WINDOW_ROWS) {
      windows[windows.length - 1] = { ...last, rowEnd, endByte };
    } else windows.push({ shard, metadata, rowStart: row, rowEnd, firstByte, endByte });
    row = rowEnd;
  }
  return windows;
}

/** Items first … first + rows − 1 that match by a category or by a text. */
function found(
  first: number,
  rows: number,
  categories: readonly { codes: Values; hit: boolean[] }[],
  texts: readonly boolean[][],
): Uint32Array {
  const items: number[] = [];
  for (let row = 0; row < rows; row++) {
    const item = first + row;
    if (texts.some((hits) => hits[row]) || categories.some(({ codes, hit }) => hit[codes[item]!]))
      items.push(item);
  }
  return Uint32Array.from(items);
}
