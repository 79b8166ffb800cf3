import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readAddress, writeAddress } from "../../../src/address.ts";
import type { CategoryColumn, Column, Manifest, TimeColumn } from "../../../src/bundle/index.ts";
import { NO_CATEGORY } from "../../../src/data/category.ts";
import { readFilter, writeFilter } from "../../../src/data/filter/link.ts";
import { type Filter, NO_RULES, valuesFilter } from "../../../src/data/filter/rules.ts";
import { addressOf, applyAddress, createState } from "../../../src/state.ts";
import { GOLDEN } from "../../bundle/disk.ts";

const manifest: Manifest = JSON.parse(readFileSync(new URL("manifest.json", GOLDEN), "utf8"));
const common = { title: "", missing: 1, min: 0, max: 1, values: {} as CategoryColumn["values"] };
const names = ["a|b", "~none", "!c", "back\\slash", "", "3..7", "ä & ö = ü"];
const category: Column = {
  ...common,
  name: "!who|what",
  kind: "category",
  categories: names,
  counts: names.map(() => 1),
};
const number: Column = { ...common, name: "size", kind: "number", integer: false };
const time: TimeColumn = {
  ...common,
  name: "when",
  kind: "time",
  unit: "seconds",
  origin: "2015-01-01T00:00:00Z",
};
const columns = [category, number, time];

const range = (column: string, ends: [number | null, number | null] | null, missing = false, not = false) =>
  ({ kind: "range", column, range: ends, missing, not }) satisfies Filter;

describe("a filter in a link", () => {
  test.each([
    valuesFilter(category.name, [NO_CATEGORY, ...names.keys()]),
    valuesFilter(category.name, [1], true),
    range("size", [-0.25, 1e21]),
    range("size", [null, 3], true),
    range("size", [null, null], false, true),
    range("size", null, true),
    range("when", [86_400, 86_400 * 31 + 5]),
  ])("comes back as it was: %o", (filter) => {
    const column = columns.find(({ name }) => name === filter.column)!;
    expect(readFilter(writeFilter(filter, column), columns)).toEqual(filter);
    const where = [writeFilter(filter, column)];
    expect(readAddress(writeAddress({ where })).where).toEqual(where);
  });

  test("is written so that one can read it", () => {
    expect(writeFilter(range("when", [86_400, null]), time)).toBe("when|2015-01-02..");
    expect(writeFilter(range("size", [0.5, 2], true, true), number)).toBe("!size|0.5..2|~none");
  });

  test.each([
    "",
    "nothing|1..2",
    "size",
    "size|",
    "size|a..b",
    "size|3",
    "when|soon..",
    "\\!who\\|what|nobody",
  ])("that means nothing is left out: %s", (text) => expect(readFilter(text, columns)).toBeNull());
});

describe("the map's state", () => {
  const where = ["grade|~none|9", "!weight|..1.5"];

  test("takes filters, sense and colours from a link and gives them back", () => {
    const link = writeAddress({ ramp: "fire", reversed: true, scale: "log", where, match: "none" });
    const state = createState(manifest, readAddress(link), "dark");
    expect(state.filters.rules.value.filters.map(({ column }) => column)).toEqual(["grade", "weight"]);
    expect(writeAddress(addressOf(state, manifest))).toBe(link);
    applyAddress(state, manifest, {});
    expect(state.filters.rules.value).toBe(NO_RULES);
    expect(writeAddress(addressOf(state, manifest))).toBe("");
  });

  test("is not disturbed by what this map doesn't have", () => {
    const link = "#where=nothing|1&where=weight|x..&match=some&ramp=toString&scale=cubic";
    const state = createState(manifest, readAddress(link), "dark");
    expect(writeAddress(addressOf(state, manifest))).toBe("");
  });
});
