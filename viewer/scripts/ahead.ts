import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rolldown } from "vite";

/** Where in index.html it comes: before the style sheet, which scripts wait for. */
const MARK = "<!-- ahead -->";
const SOURCE = fileURLToPath(new URL("../src/ahead.ts", import.meta.url));

/** Put src/ahead.ts, with all that it imports, into the page itself: it runs while the page's scripts are on their way. */
export function runAhead(): Plugin {
  let developing = false;
  return {
    name: "terrella:ahead",
    configResolved: ({ command }) => {
      developing = command === "serve";
    },
    transformIndexHtml: {
      order: "pre",
      async handler(html) {
        const script = developing
          ? '<script type="module" src="/src/ahead.ts"></script>'
          : `<script>${await bundled()}</script>`;
        return html.replace(MARK, () => script);
      },
    },
  };
}

async function bundled(): Promise<string> {
  const output = { format: "iife", minify: true } as const;
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: "error",
    build: { target: "es2022", write: false, rolldownOptions: { input: SOURCE, output } },
  });
  const [chunk] = (built as Rolldown.RolldownOutput).output;
  return chunk.code.trim();
}
