/** Runs what ../viewer.ts describes. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { exportData } from "./data.ts";
import type { LineSpeed } from "./line.ts";
import { measure, type Run } from "./measure.ts";
import { buildRival, buildViewer, serve } from "./serve.ts";

const RIVALS = {
  "regl-scatterplot": "regl-scatterplot",
  deckgl: "@deck.gl/layers",
  "three-sprites": "three",
} as const;
const FLAGS = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-background-networking",
  "--no-first-run",
];

const HELP = `Measure the viewer beside its rivals: npm --prefix benchmarks/viewer start -- --map NAME=FOLDER …

  --map NAME=FOLDER   a map, by the folder of its manifest.json; may be given more than once
  --pages PAGE        only these, given once each: terrella, ${Object.keys(RIVALS).join(", ")}
  --runs 3            runs of each page, in turn; figures are their medians
  --mbit 20           megabits a second of the line
  --latency 40        milliseconds until an answer begins
  --chromium PATH     the browser
  --out FILE          write the report there, too

One page on one map, for a quick look: --map mnist=FOLDER --pages terrella --runs 1`;

const { values: options } = parseArgs({
  options: {
    map: { type: "string", multiple: true, default: [] },
    runs: { type: "string", default: "3" },
    pages: { type: "string", multiple: true, default: ["terrella", ...Object.keys(RIVALS)] },
    mbit: { type: "string", default: "20" },
    latency: { type: "string", default: "40" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
    out: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const runs = Number(options.runs);
const link: LineSpeed = { mbit: Number(options.mbit), latency_ms: Number(options.latency) };
if (options.map.length === 0 || !(runs >= 1) || !(link.mbit > 0) || !(link.latency_ms >= 0)) {
  console.error("Name at least one map, --map mnist=FOLDER; --runs counts from 1, --mbit is above 0.");
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), "terrella-viewer-"));
const found: Record<string, unknown> = {};
let version = "";
try {
  await buildViewer(folder);
  for (const page of options.pages) if (page !== "terrella") await buildRival(page, folder);
  for (const named of options.map) {
    const [name, folderNamed] = named.split(/=(.*)/s) as [string, string];
    const map = resolve(process.env.INIT_CWD ?? ".", folderNamed); // where npm was called
    await rm(join(folder, "map"), { force: true });
    const count = await exportData(map, folder);
    found[name] = { items: count, ...(await compare()) };
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

const report = {
  benchmark: "viewer",
  machine: {
    processor: cpus()[0]?.model,
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
  },
  versions: { chromium: version, node: process.version, ...(await rivalVersions()) },
  link,
  runs,
  data: found,
};
const text = `${JSON.stringify(report, null, 2)}\n`;
if (options.out) await writeFile(options.out, text);
process.stdout.write(text);

/** Measure every page in turn, one run of each after the other, so that a slow minute hits all alike. */
async function compare(): Promise<{ pages: Record<string, unknown>; first_to_paint: PaintTimes[] }> {
  const plain = await serve(folder, link);
  const isolated = await serve(folder, link, true);
  const results: Record<string, Run[]> = {};
  for (let run = 0; run < runs; run++) {
    for (const page of options.pages) {
      const browser = await chromium.launch({ executablePath: options.chromium, args: FLAGS });
      version = browser.version();
      const path = page === "terrella" ? "" : `${page}.html`;
      try {
        const measured = await measure(browser, path, plain, isolated);
        results[page] = [...(results[page] ?? []), measured];
        console.error(`${page}, run ${run + 1}: ${JSON.stringify(measured)}`);
      } catch (error) {
        console.error(`${page}, run ${run + 1}, is left out: ${(error as Error).message}`);
      } finally {
        await browser.close();
      }
    }
  }
  for (const { server } of [plain, isolated]) server.close();
  const pages = Object.entries(results).map(([page, list]) => [page, median(list)]);
  return { pages: Object.fromEntries(pages), first_to_paint: paintTimes(results) };
}

interface PaintTimes {
  readonly page: string;
  readonly median: number;
  /** Seconds of each run, as they came. */
  readonly runs: readonly number[];
}

/** Seconds to the first paint, the fastest page first: a single run says little on a machine that does other things. */
function paintTimes(results: Record<string, readonly Run[]>): PaintTimes[] {
  const times = Object.entries(results).map(([page, list]) => {
    const seconds = list.map(({ first_paint }) => first_paint.seconds);
    return { page, median: median(seconds) as number, runs: seconds };
  });
  return times.sort((a, b) => a.median - b.median);
}

/** The median of each number in a list of like objects. */
function median(list: readonly unknown[]): unknown {
  const [first] = list;
  if (typeof first === "number") {
    const sorted = (list as number[]).slice().sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  }
  if (typeof first !== "object" || first === null) return first;
  const entries = Object.keys(first).map((key) => [
    key,
    median(list.map((one) => (one as Record<string, unknown>)[key])),
  ]);
  return Object.fromEntries(entries);
}

async function rivalVersions(): Promise<Record<string, string>> {
  const { default: manifest } = await import("./package-lock.json", { with: { type: "json" } });
  const packages = manifest.packages as Record<string, { version?: string }>;
  return Object.fromEntries(
    Object.values(RIVALS).map((name) => [name, packages[`node_modules/${name}`]?.version ?? "missing"]),
  );
}
