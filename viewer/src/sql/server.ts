/** SQL over the map's dataset, which the server answers. */

import { type Bits, unpacked } from "../data/bits.ts";
import type { Mask } from "../data/mask.ts";
import { problemOf, RefusedError } from "../find/server.ts";

export type ColumnType = "string" | "integer" | "number" | "boolean" | "time" | "list" | "object";

export interface SqlColumn {
  readonly name: string;
  readonly type: ColumnType;
}

export interface SqlAnswer {
  readonly columns: readonly SqlColumn[];
  readonly rows: readonly (readonly unknown[])[];
  /** How many rows the query gives; at least so many where it was cut off. */
  readonly count: number;
  readonly truncated: boolean;
  readonly seconds: number;
  /** The items that the answer is about, where it names any. */
  readonly selection: { readonly count: number; readonly bits: string } | null;
}

/** Where a dataset is asked: the map's own address is `…/api/maps/<dataset>/` or `…/<dataset>~<map>/`. */
export function addressOf(api: URL, what = "sql"): { url: URL; map: string } {
  const place = decodeURIComponent(api.pathname.replace(/\/$/, "").split("/").at(-1)!);
  const [dataset, map] = place.split("~");
  return { url: new URL(`../../datasets/${encodeURIComponent(dataset!)}/${what}`, api), map: map ?? "main" };
}

/** Ask; raises RefusedError, with words for the reader, or the signal's AbortError. */
export async function askSql(
  api: URL,
  query: string,
  signal: AbortSignal,
  fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args),
): Promise<SqlAnswer> {
  const { url, map } = addressOf(api);
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query, map }),
    signal,
  }).catch((error: Error) => {
    if (signal.aborted) throw error;
    throw new RefusedError("The server could not be reached. Is terrella serve still running?");
  });
  const said = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok) throw new RefusedError(problemOf(said, response.status));
  return said as unknown as SqlAnswer;
}

/** The items that an answer is about, as a mask of `count` items. */
export function maskOf({ bits }: { readonly bits: string }, count: number): Mask {
  const packed: Bits = Uint8Array.from(atob(bits), (letter) => letter.charCodeAt(0));
  return unpacked(packed, count);
}
