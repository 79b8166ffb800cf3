/** Records of single items, as cards and lists show them. */

import type { MapBundle, Row } from "../bundle/index.ts";
import type { RowsWorker } from "./client.ts";

/** From the server where there is one, else out of the shards, which are read away from the main thread. */
export class Records {
  constructor(
    private readonly bundle: MapBundle,
    private readonly rows: Pick<RowsWorker, "ask">,
  ) {}

  /** The item's record: field name → value; null where the map has no rows. Raises RangeError for an item that is not on the map. */
  async read(item: number, signal?: AbortSignal): Promise<Row | null> {
    const { api, count, manifest } = this.bundle;
    if (!(Number.isInteger(item) && item >= 0 && item < count)) {
      throw new RangeError(`item ${item} is not on this map; it has items 0 to ${count - 1}`);
    }
    if (api) {
      const row = await this.readFromServer(api, item, signal);
      if (row || !manifest.rows) return row;
    }
    return manifest.rows && this.readFromShard(item);
  }

  /** Ask the server; null when it can't answer, for the shards can. */
  private async readFromServer(api: URL, item: number, signal?: AbortSignal): Promise<Row | null> {
    try {
      const response = await this.bundle.source.request(new URL(`items/${item}`, api), { signal });
      const { fields } = (await response.json()) as { fields: Row };
      return fields ?? null;
    } catch (error) {
      if (signal?.aborted) throw error;
      return null;
    }
  }

  /** Not bound to a caller's signal: the row group is kept, and serves the neighbours that are hovered next. */
  private async readFromShard(item: number): Promise<Row | null> {
    const fields = this.bundle.manifest.fields.map(({ name }) => name);
    const [row] = await this.rows.ask<"rows">({ kind: "rows", items: Uint32Array.of(item), fields });
    return row ?? null;
  }
}
