import { MapBundle } from "./bundle.ts";
import { MapError, READABLE } from "./errors.ts";
import type { Manifest } from "./manifest.ts";
import { damaged, type Fetch, Source } from "./source.ts";

export interface OpenOptions {
  fetch?: Fetch | undefined;
  /** The server's address for this dataset, where there is one; see `apiOf`. */
  api?: URL | null;
  signal?: AbortSignal;
}

/**
 * Open the map whose manifest is at `manifest.json` under `base` (a folder: its path ends in a slash).
 * Raises MapError (not-found, offline, refused, bad-version, damaged).
 */
export async function openMap(base: URL, { fetch, api, signal }: OpenOptions = {}): Promise<MapBundle> {
  const source = new Source(base, fetch);
  const stored = await source.bytes("manifest.json", null, signal);
  return new MapBundle(parseManifest(stored, source.url("manifest.json")), source, api);
}

function parseManifest(stored: Uint8Array, url: URL): Manifest {
  let manifest: unknown;
  try {
    manifest = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(stored));
  } catch {
    throw damaged(url, "it is not JSON");
  }
  if (typeof manifest !== "object" || manifest === null) throw damaged(url, "it is not a JSON object");
  const { format, version } = manifest as Partial<Manifest>;
  if (format !== READABLE.format || version !== READABLE.version) {
    throw new MapError({ kind: "bad-version", format, version });
  }
  checkCounts(manifest as Manifest, url);
  return manifest as Manifest;
}

/** Check what every reader relies on; the writer's tests hold the rest to the schema. */
function checkCounts({ count, projections, columns, sequences }: Manifest, url: URL): void {
  if (!Number.isInteger(count) || count < 1) throw damaged(url, `count is ${JSON.stringify(count)}`);
  if (!projections?.length) throw damaged(url, "it names no projection");
  const arrays = [
    ...projections.map((p) => [p.name, p.positions] as const),
    ...columns.map((c) => [c.name, c.values] as const),
    ...sequences.flatMap((s) => s.frames.map((f) => [`${s.name} ${f.name}`, f.positions] as const)),
  ];
  for (const [name, array] of arrays) {
    if (array.count !== count) throw damaged(url, `${name} has ${array.count} items, the map ${count}`);
  }
}

/** The server's address from `<meta name="terrella-api">`, or null on a static host. */
export function apiOf(document: Document): URL | null {
  const content = document.querySelector<HTMLMetaElement>('meta[name="terrella-api"]')?.content;
  if (!content) return null;
  return new URL(content.endsWith("/") ? content : `${content}/`, document.baseURI);
}
