import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** All scripts of the page together, gzipped. */
const TOTAL_LIMIT = 300_000;
/** What must come before the first frame: the scripts that index.html names, gzipped. */
const FIRST_LIMIT = 150_000;

const dist = new URL("../dist/", import.meta.url);
const page = readFileSync(new URL("index.html", dist), "utf8");
const scripts = readdirSync(dist, { recursive: true })
  .map(String)
  .filter((path) => path.endsWith(".js"))
  .map((path) => ({
    path,
    size: gzipSync(readFileSync(new URL(path, dist))).length,
    first: page.includes(path),
  }));

const sum = (/** @type {typeof scripts} */ list) => list.reduce((total, { size }) => total + size, 0);
const budgets = [
  { name: "all scripts", size: sum(scripts), limit: TOTAL_LIMIT },
  { name: "first scripts", size: sum(scripts.filter(({ first }) => first)), limit: FIRST_LIMIT },
];
for (const { path, size } of scripts) console.log(`${String(size).padStart(8)}  ${path}`);
for (const { name, size, limit } of budgets) {
  console.log(`${String(size).padStart(8)}  ${name}, of ${limit} bytes gzipped`);
  if (size === 0 || size > limit) process.exitCode = 1;
}
