/** Selections that the server reads: which of the map's items they mean. */

import type { MapBundle } from "../bundle/index.ts";
import type { Bits } from "../data/bits.ts";
import type { Mask } from "../data/mask.ts";
import { problemOf, RefusedError } from "../find/server.ts";
import { addressOf } from "../sql/server.ts";
import type { Json } from "./write.ts";

type Fetch = typeof globalThis.fetch;

/** Ask which items a selection means; raises RefusedError, with words for the reader, or MapError. */
export async function selectedBy(
  bundle: MapBundle,
  selection: Json,
  fetch: Fetch = (...args) => globalThis.fetch(...args),
): Promise<Mask> {
  if (!bundle.api) throw new RefusedError("This map came without its server, which reads selections.");
  const { url, map } = addressOf(bundle.api, "select");
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/octet-stream" },
    body: JSON.stringify({ selection, map }),
  }).catch(() => {
    throw new RefusedError("The server could not be reached. Is terrella serve still running?");
  });
  if (!response.ok) {
    const said = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    throw new RefusedError(problemOf(said, response.status));
  }
  const [bits, order] = await Promise.all([response.arrayBuffer(), bundle.order()]);
  return inDisplayOrder(new Uint8Array(bits), order);
}

/** Marks of the dataset's rows, a bit each, as marks of the items that show them. */
function inDisplayOrder(bits: Bits, order: Uint32Array): Mask {
  const mask = new Uint8Array(order.length);
  for (let item = 0; item < order.length; item++) {
    const row = order[item]!;
    mask[item] = ((bits[row >> 3] ?? 0) >> (row & 7)) & 1;
  }
  return mask;
}
