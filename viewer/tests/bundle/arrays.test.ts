import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readArray, unplane } from "../../src/bundle/arrays.ts";
import { openMap, Source } from "../../src/bundle/index.ts";
import { type Change, diskFetch, GOLDEN } from "./disk.ts";

const isPositions = (path: string) => path.startsWith("projections/shapes.");

async function positions(change: Change) {
  const { fetch, asked } = diskFetch(change);
  const bundle = await openMap(GOLDEN, { fetch });
  return { asked, read: bundle.positions("shapes") };
}

test("planes become items: the example of docs/format.md", () => {
  const rows = new Uint8Array(4);
  unplane(Uint8Array.of(1, 2, 0, 1), 2, 2, rows);
  expect(Array.from(rows)).toEqual([1, 0, 2, 1]);
});

test("gzipped planes are read", async () => {
  const stored = new Uint8Array(gzipSync(Uint8Array.of(1, 2, 0, 1)));
  const source = new Source(GOLDEN, diskFetch(() => stored).fetch);
  const part = {
    path: "a.u16",
    bytes: stored.length,
    sha256: "",
    first: 0,
    count: 2,
    encoding: "planes-gzip" as const,
  };
  const values = await readArray(source, { dtype: "u16", components: 1, count: 2, parts: [part] });
  expect(Array.from(values)).toEqual([1, 258]);
});

describe("parts", () => {
  test("are told of in order, each when it is filled", async () => {
    const bundle = await openMap(GOLDEN, { fetch: diskFetch().fetch });
    const told: [number, number][] = [];
    const whole = await bundle.positions("shapes", {
      onPart: (_, first, count) => told.push([first, count]),
    });
    expect(told).toEqual([
      [0, 64],
      [64, 128],
      [192, 8],
    ]);
    expect(whole.length).toBe(400);
  });

  test("are read once and kept", async () => {
    const { fetch, asked } = diskFetch();
    const bundle = await openMap(GOLDEN, { fetch });
    const first = await bundle.positions("shapes");
    const before = asked.length;
    expect(await bundle.positions("shapes")).toBe(first);
    expect(asked.length).toBe(before);
  });

  test("that fail once are asked for again", async () => {
    const { read, asked } = await positions((path, attempt) =>
      isPositions(path) && attempt === 0 ? 503 : undefined,
    );
    expect((await read).length).toBe(400);
    expect(asked.filter(({ path }) => isPositions(path))).toHaveLength(6);
  });

  test("that fail twice are given up", async () => {
    const { read } = await positions((path) => (isPositions(path) ? 503 : undefined));
    await expect(read).rejects.toMatchObject({ problem: { kind: "refused", status: 503 } });
  });

  test("that are gone are not asked for again", async () => {
    const { read, asked } = await positions((path) =>
      path.startsWith("projections/shapes.0") ? 404 : undefined,
    );
    await expect(read).rejects.toMatchObject({ kind: "not-found" });
    expect(asked.filter(({ path }) => path.startsWith("projections/shapes.0"))).toHaveLength(1);
  });

  test("that are cut short are damaged, with both sizes named", async () => {
    const { read } = await positions((path) => (isPositions(path) ? new Uint8Array(5) : undefined));
    await expect(read).rejects.toThrow(/is damaged: it has 5 bytes, the manifest says \d+/);
  });

  test("that are no gzip are damaged", async () => {
    const source = new Source(GOLDEN, diskFetch(() => new Uint8Array(9)).fetch);
    const part = { path: "a.u8", bytes: 9, sha256: "", first: 0, count: 1, encoding: "planes-gzip" as const };
    const read = readArray(source, { dtype: "u8", components: 1, count: 1, parts: [part] });
    await expect(read).rejects.toThrow(/not a whole gzip stream/);
  });

  test("that hold too few items are damaged", async () => {
    const source = new Source(GOLDEN, diskFetch(() => new Uint8Array(3)).fetch);
    const part = { path: "a.u16", bytes: 3, sha256: "", first: 0, count: 2, encoding: "raw" as const };
    const read = readArray(source, { dtype: "u16", components: 1, count: 2, parts: [part] });
    await expect(read).rejects.toThrow(/2 items need 4 bytes, it holds 3/);
  });
});

test("an aborted read ends with the abort, not with a tale of the network", async () => {
  const bundle = await openMap(GOLDEN, { fetch: diskFetch().fetch });
  const giveUp = new AbortController();
  const waiting = new Source(
    GOLDEN,
    (_, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason))),
  );
  const read = waiting.bytes(bundle.manifest.order.parts[0].path, null, giveUp.signal);
  giveUp.abort();
  await expect(read).rejects.toMatchObject({ name: "AbortError" });
});
