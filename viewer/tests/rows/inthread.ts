import type { MapBundle } from "../../src/bundle/index.ts";
import type { RowsWorker } from "../../src/rows/client.ts";
import { ShardReader } from "../../src/rows/reader.ts";
import { Records } from "../../src/rows/records.ts";
import { readRows } from "../../src/rows/work.ts";

/** A map's records, its worker's work done in this thread. */
export function recordsOf(bundle: MapBundle): Records {
  const reader = new ShardReader(bundle.manifest.rows!, bundle.source);
  const ask = ((job) => readRows(reader, job as never)) as RowsWorker["ask"];
  return new Records(bundle, { ask });
}
