import { createReadStream, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, normalize } from "node:path";
import type { Plugin } from "vite";

/** Serve the map in the folder TERRELLA_MAP as `map/` beside the page, while developing: `npm run dev`, `npm run preview`. */
export function serveMap(folder = process.env.TERRELLA_MAP): Plugin {
  const serve = (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (!folder) return next();
    const path = join(
      folder,
      normalize(decodeURIComponent(new URL(request.url ?? "/", "http://map").pathname)),
    );
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined) {
      response.statusCode = 404;
      response.end("no such file in the map\n");
      return;
    }
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    const [start, end] = range ? [Number(range[1]), Math.min(Number(range[2]), size - 1)] : [0, size - 1];
    response.statusCode = range ? 206 : 200;
    response.setHeader("Content-Length", end - start + 1);
    if (range) response.setHeader("Content-Range", `bytes ${start}-${end}/${size}`);
    createReadStream(path, { start, end }).pipe(response);
  };
  return {
    name: "terrella:serve-map",
    configureServer: (server) => void server.middlewares.use("/map", serve),
    configurePreviewServer: (server) => void server.middlewares.use("/map", serve),
  };
}
