import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type MapBundle, openMap } from "../../src/bundle/index.ts";
import { coloringOf, NO_CATEGORY } from "../../src/data/coloring.ts";
import { diskFetch, GOLDEN } from "./disk.ts";
import { recordOf } from "./records.ts";

/** What Python's writer put into the map: see tests/golden/make_golden.py. */
const expected = JSON.parse(readFileSync(new URL("../expected.json", GOLDEN), "utf8"));

let bundle: MapBundle;
beforeAll(async () => {
  bundle = await openMap(GOLDEN, { fetch: diskFetch().fetch });
});

test("the order leads back to the dataset's rows", async () => {
  expect(Array.from(await bundle.order())).toEqual(expected.order);
});

test.each(["shapes", "line"])("the positions of %s are exact to the grid", async (name) => {
  const { extent } = bundle.projection(name);
  const [cells, fine] = await Promise.all([bundle.positions(name), bundle.fine(name)]);
  for (let item = 0; item < bundle.count; item++) {
    for (const axis of [0, 1] as const) {
      const side = extent[axis + 2]! - extent[axis]!;
      const cell = cells[2 * item + axis]! * 256 + fine![2 * item + axis]! + 0.5;
      const read = extent[axis] + (cell / 2 ** 24) * side;
      expect(Math.abs(read - expected.projections[name][item][axis])).toBeLessThan(side / 2 ** 24);
    }
  }
});

test("the frames of a sequence lie over one extent", async () => {
  const { extent, frames } = bundle.sequence("unrolling");
  for (const [k, frame] of frames.entries()) {
    const cells = await bundle.frame(frame);
    for (let item = 0; item < bundle.count; item++) {
      for (const axis of [0, 1] as const) {
        const side = extent[axis + 2]! - extent[axis]!;
        const read = extent[axis] + ((cells[2 * item + axis]! + 0.5) / 65536) * side;
        expect(Math.abs(read - expected.sequences.unrolling[k][item][axis])).toBeLessThan(side / 2 ** 22);
      }
    }
  }
});

describe("columns", () => {
  test("each column of the map is expected, and the reverse", () => {
    expect(bundle.manifest.columns.map(({ name }) => name)).toEqual(Object.keys(expected.columns));
  });

  test.each(Object.keys(expected.columns))("%s", async (name) => {
    const column = bundle.column(name);
    const values = await bundle.values(name);
    const coloring = coloringOf(column, values);
    const read = Array.from(values, (value, item) => {
      if (coloring.kind !== "category") return column.kind === "time" || !Number.isNaN(value) ? value : null;
      const code = coloring.codeOf(item);
      return code === NO_CATEGORY ? null : coloring.column.categories[code];
    });
    const missing = column.kind === "time" ? 4_294_967_295 : null;
    expect(read).toEqual(expected.columns[name].map((value: unknown) => value ?? missing));
  });
});

test.each(Object.keys(expected.rows))("the fields of item %s, read from its shard", async (item) => {
  const row = await recordOf(bundle, Number(item));
  expect(Object.keys(row)).toEqual(bundle.manifest.fields.map(({ name }) => name));
  expect(jsonOf(row)).toEqual(expected.rows[item]);
});

test("the topics are a tree, and each item has one of each level or none", async () => {
  const topics = await bundle.topics();
  expect(topics.map(({ parent }) => parent)).toEqual(expected.topics.parents);
  const { columns, projection } = bundle.manifest.topics!;
  expect(projection).toBe("shapes");
  for (const [level, name] of columns.entries()) {
    const codes = await bundle.values(name);
    const own = topics.filter(({ depth }) => depth === level + 1);
    const read = Array.from(codes, (code) => own[code]?.name ?? null);
    expect(read).toEqual(expected.topics.items.map((names: string[]) => names[level]));
  }
});

test("the mean colours have three components an item", async () => {
  expect((await bundle.spriteColors())?.length).toBe(3 * bundle.count);
});

/** Write a record as Python wrote the expected one: times as ISO 8601 in UTC, whole numbers as numbers. */
function jsonOf(row: unknown): unknown {
  return JSON.parse(
    JSON.stringify(row, (_, value) => (typeof value === "bigint" ? Number(value) : value)),
    (_, value) =>
      typeof value === "string" && /^\d{4}-\d\d-\d\dT.*Z$/.test(value)
        ? value.replace(/T00:00:00\.000Z$/, "").replace(/\.000Z$/, "")
        : value,
  );
}
