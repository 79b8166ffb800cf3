import { expect, test } from "vitest";
import { openMap } from "../../src/bundle/index.ts";
import { type Change, diskFetch, GOLDEN } from "../bundle/disk.ts";
import { recordsOf } from "./inthread.ts";

const API = new URL("file:///api/maps/golden/");
const FIELDS = { shape: "from the server" };

async function open(change: Change, api: URL | null = API) {
  const { fetch, asked } = diskFetch(change);
  const bundle = await openMap(GOLDEN, { fetch, api });
  return { bundle, records: recordsOf(bundle), asked };
}

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

test("the server is asked first", async () => {
  const { records, asked } = await open((path) =>
    path.startsWith("/api") ? json({ id: 1, fields: FIELDS }) : undefined,
  );
  expect(await records.read(5)).toEqual(FIELDS);
  expect(asked.map(({ path }) => path)).toEqual(["manifest.json", "/api/maps/golden/items/5"]);
});

test.each([404, 500, "offline"] as const)("the shards answer where the server says %s", async (answer) => {
  const { records } = await open((path) => (path.startsWith("/api") ? answer : undefined));
  expect((await records.read(5))?.id).toMatch(/^item-/);
});

test("a record has all fields", async () => {
  const { bundle, records } = await open(() => undefined, null);
  expect(Object.keys((await records.read(7))!)).toEqual(bundle.manifest.fields.map(({ name }) => name));
});

test("one row group is read by ranges, and serves its neighbours", async () => {
  const { bundle, records, asked } = await open(() => undefined, null);
  const size = bundle.manifest.rows!.row_group;
  await records.read(0);
  const ranges = asked.filter(({ path }) => path.endsWith(".parquet"));
  expect(ranges.length).toBeGreaterThan(0);
  expect(ranges.every(({ range }) => range !== null)).toBe(true);
  await records.read(size - 1);
  expect(asked.filter(({ path }) => path.endsWith(".parquet"))).toHaveLength(ranges.length);
  await records.read(size);
  expect(asked.filter(({ path }) => path.endsWith(".parquet")).length).toBeGreaterThan(ranges.length);
});

test("a shard that failed is asked again for the next item", async () => {
  let broken = true;
  const { records } = await open((path) => (broken && path.endsWith(".parquet") ? 503 : undefined), null);
  await expect(records.read(3)).rejects.toMatchObject({ kind: "refused" });
  broken = false;
  expect((await records.read(3))?.id).toMatch(/^item-/);
});

test("an item that is not on the map is refused", async () => {
  const { records } = await open(() => undefined, null);
  await expect(records.read(200)).rejects.toThrow("item 200 is not on this map; it has items 0 to 199");
});

test("original images are where the server is", async () => {
  expect((await open(() => undefined)).bundle.imageUrl(5)?.href).toBe("file:///api/maps/golden/images/5");
  expect((await open(() => undefined, null)).bundle.imageUrl(5)).toBeNull();
});
