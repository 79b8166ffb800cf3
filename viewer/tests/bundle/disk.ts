import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Fetch } from "../../src/bundle/index.ts";

/** From the viewer's folder, where npm runs: a test with a DOM has no file: address of its own. */
export const GOLDEN = pathToFileURL(`${resolve("../tests/golden/map-v1")}/`);

/** What a request got instead of the file: a status, or a changed body. */
export type Change = (
  path: string,
  attempt: number,
) => number | Uint8Array<ArrayBuffer> | "offline" | undefined;

export interface Asked {
  path: string;
  range: string | null;
}

/** Answer requests under file: from the disk, with ranges, as a static host does; `change` makes one go wrong. */
export function diskFetch(change: Change = () => undefined): { fetch: Fetch; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch: Fetch = async (input, init) => {
    const url = new URL(String(input));
    const path = decodeURIComponent(url.pathname.split("/map-v1/")[1] ?? url.pathname);
    const range = new Headers(init?.headers).get("Range");
    const attempt = asked.filter((request) => request.path === path).length;
    asked.push({ path, range });
    const changed = change(path, attempt);
    if (changed === "offline") throw new TypeError("fetch failed");
    if (typeof changed === "number") return new Response(null, { status: changed });
    const body = changed ?? new Uint8Array(await readFile(fileURLToPath(url)).catch(() => Buffer.alloc(0)));
    if (!range) return new Response(body);
    const [first, last] = range.replace("bytes=", "").split("-").map(Number);
    return new Response(body.slice(first, last! + 1), { status: 206 });
  };
  return { fetch, asked };
}
