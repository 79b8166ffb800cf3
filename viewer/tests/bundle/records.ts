import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import type { MapBundle, Row } from "../../src/bundle/index.ts";

/** An item's record as the shards have it, one row read by itself. */
export async function recordOf({ manifest, source }: MapBundle, item: number): Promise<Row> {
  const shard = manifest.rows!.parts.find(({ first, count }) => item >= first && item < first + count)!;
  const { buffer: file } = await source.bytes(shard.path, shard.bytes);
  const [rowStart, metadata] = [item - shard.first, await parquetMetadataAsync(file)];
  const [row] = await parquetReadObjects({ file, metadata, rowStart, rowEnd: rowStart + 1 });
  return row as Row;
}
