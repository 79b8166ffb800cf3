/** Builds the pages and serves them all alike: gzipped once, from memory, over one emulated line, with ranges for Parquet. */

import { readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { build } from "vite";
import { Line, type LineSpeed } from "./line.ts";

const squeeze = promisify(gzip);

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  css: "text/css",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  webp: "image/webp",
};
/** Already compressed: the map's own files and images. */
const DENSE = /\/map\/(?!manifest)|\.(webp|png)$/;

/** Build a rival's page into `folder`/`name`.html; Terrella's viewer into index.html and assets. */
export async function buildRival(name: string, folder: string): Promise<void> {
  const here = import.meta.dirname;
  await build({
    root: here,
    logLevel: "error",
    configFile: false,
    publicDir: false,
    build: {
      target: "es2022",
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: {
        input: join(here, "rivals", `${name}.ts`),
        output: { entryFileNames: `${name}.js`, chunkFileNames: `${name}-[hash].js` },
      },
    },
  });
  const page = `<!doctype html><meta charset="utf-8"><title>${name}</title><style>body{margin:0;background:#0b0e16}</style><script type="module" src="./${name}.js"></script>`;
  await writeFile(join(folder, `${name}.html`), page);
}

export async function buildViewer(folder: string): Promise<void> {
  const root = join(import.meta.dirname, "../../viewer");
  await build({ root, logLevel: "error", build: { outDir: folder, emptyOutDir: false } });
}

/** What a page is drawn by rather than what it shows. */
const SCRIPT = /\.(js|css|html)$/;

export interface Served {
  readonly server: Server;
  readonly address: string;
  readonly line: Line;
}

/** Pages that no other origin can reach may read a clock of 5 µs; others are told tenths of a millisecond. */
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Serve a folder on a free port, over a line of this speed; `isolated` for a finer clock. */
export async function serve(folder: string, speed: LineSpeed, isolated = false): Promise<Served> {
  const line = new Line(speed);
  const kept = new Map<string, Promise<{ body: Buffer; squeezed: Buffer | null }>>();
  const read = (path: string) => {
    let file = kept.get(path);
    if (!file) {
      file = load(join(folder, normalize(path)), DENSE.test(path));
      kept.set(path, file);
    }
    return file;
  };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://here").pathname.replace(/\/$/, "/index.html");
    try {
      const { body, squeezed } = await read(path);
      const headers: Record<string, string | number> = {
        "Content-Type": TYPES[path.split(".").at(-1)!] ?? "application/octet-stream",
        "Cache-Control": "no-store",
        ...(isolated ? ISOLATED : {}),
      };
      const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
      if (range) {
        const slice = body.subarray(Number(range[1]), Number(range[2]) + 1);
        response.writeHead(206, { ...headers, "Content-Length": slice.length });
        line.send(response, slice, "data");
        return;
      }
      if (squeezed) headers["Content-Encoding"] = "gzip";
      response.writeHead(200, { ...headers, "Content-Length": (squeezed ?? body).length });
      line.send(response, squeezed ?? body, SCRIPT.test(path) ? "script" : "data");
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, line };
}

async function load(path: string, dense: boolean) {
  const body = await readFile(path);
  return { body, squeezed: dense ? null : await squeeze(body, { level: 9 }) };
}
