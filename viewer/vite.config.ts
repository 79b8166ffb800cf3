import { defineConfig } from "vitest/config";
import { runAhead } from "./scripts/ahead.ts";
import { precompress } from "./scripts/precompress.ts";
import { serveMap } from "./scripts/serve-map.ts";
import { shareWithWorkers } from "./scripts/share.ts";

const shared = shareWithWorkers("hyparquet");

export default defineConfig({
  base: "./", // the page is served under /maps/<dataset>/ and from any folder of a static host
  plugins: [shared.page, runAhead(), precompress(), serveMap()],
  worker: { format: "es", plugins: () => [shared.worker] },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // data: URLs would need a wider Content-Security-Policy
    // What the map needs is one script: a browser opens no more than six connections, and the map's files want some of them.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "map", tags: ["$initial"], test: /^(?!.*hyparquet)/ }] } },
    },
  },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    testTimeout: 120_000, // for what hangs; a busy machine is not a failure
    hookTimeout: 120_000,
  },
});
