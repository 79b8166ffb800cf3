import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** Where a shared package's script stands among the page's assets, by its version: a script never changes under its name. */
function nameOf(name: string): string {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return `${name}-${JSON.parse(readFileSync(manifest, "utf8")).version}.js`;
}

/** Emit a package as one script that the page and its workers import: Vite builds each worker apart, with copies of its own. */
export function shareWithWorkers(name: string): { page: Plugin; worker: Plugin } {
  return {
    page: {
      name: "terrella:share",
      apply: "build",
      buildStart() {
        this.emitFile({
          type: "chunk",
          id: name,
          fileName: `assets/${nameOf(name)}`,
          preserveSignature: "strict",
        });
      },
    },
    worker: {
      name: "terrella:shared",
      apply: "build",
      enforce: "pre",
      resolveId: (id) => (id === name ? { id: `./${nameOf(name)}`, external: "absolute" } : null),
    },
  };
}
