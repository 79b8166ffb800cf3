import { beforeEach, expect, test } from "vitest";
import { valuesFilter } from "../../src/data/filter/rules.ts";
import { maskOf } from "../../src/data/mask.ts";
import { choiceOf } from "../../src/language/local.ts";
import { passingSaid } from "../../src/language/passing.ts";
import { allOf, anyOf, folded, form, not, saidOf, tell, unfolded } from "../../src/language/said.ts";
import { setFilter, setMatch } from "../../src/state/filters.ts";
import type { ViewState } from "../../src/state.ts";
import { goldenMap } from "../ui/page.ts";

const map = await goldenMap();
const { columns, count } = map.manifest;
const category = columns.find((column) => column.kind === "category")!;
const number = columns.find((column) => column.kind === "number")!;
let state: ViewState;
beforeEach(async () => {
  state = (await goldenMap()).state;
});

const tag = (name: string) => form({ tag: name });

test("conditions that join alike are one, and what is said twice is said once", () => {
  expect(allOf([tag("a"), allOf([tag("b"), tag("a")])])).toEqual(allOf([tag("a"), tag("b")]));
  expect(anyOf([tag("a")])).toEqual(tag("a"));
  expect(not(not(tag("a")))).toEqual(tag("a"));
});

test("a mask is what it was told to be, folded and unfolded too, else its items", () => {
  const mask = tell(maskOf([1, 2], 20), tag("a"));
  expect(saidOf(unfolded(folded(mask), 20))).toEqual(tag("a"));
  expect(saidOf(maskOf([1, 2], 20))).toEqual({ kind: "items", bits: Uint8Array.of(6, 0, 0) });
});

test("a mask that was joined without end is its items", () => {
  let said = tag("a");
  for (let k = 0; k < 15; k++) said = not(allOf([tag(`${k}`), said]));
  expect(saidOf(tell(maskOf([0], 8), said)).kind).toBe("items");
});

test("filters stand in the language as they compose", () => {
  expect(passingSaid(state)).toEqual(allOf([]));
  const name = category.kind === "category" ? category.categories[1]! : "";
  setFilter(state.filters, category.name, valuesFilter(category.name, [-1, 1], true));
  setFilter(state.filters, number.name, {
    kind: "range",
    column: number.name,
    range: [0.5, null],
    missing: true,
    not: false,
  });
  const values = form({ values: { field: category.name, in: [name], missing: true } });
  const range = form({ range: { field: number.name, min: 0.5, missing: true } });
  expect(passingSaid(state)).toEqual(allOf([not(values), range]));
  setMatch(state.filters, "none");
  expect(passingSaid(state)).toEqual(not(anyOf([not(values), range])));
});

test("without a server the map itself reads what its columns, places and tags say", async () => {
  const codes = await map.bundle.values(category.name);
  const name = category.kind === "category" ? category.categories[0]! : "";
  const read = (selection: Record<string, unknown>) => choiceOf(map.bundle, [], selection);
  const first = await read({ values: { field: category.name, in: [name] } });
  expect([...first]).toEqual(Array.from(codes, (code) => Number(code === 0)));
  const others = await read({ not: { values: { field: category.name, in: [name] } } });
  expect([...others]).toEqual([...first].map((mark) => 1 - mark));
  const [minX, minY, maxX, maxY] = map.manifest.projections[0].extent;
  const polygon = [
    [minX - 1, minY - 1],
    [maxX + 1, minY - 1],
    [maxX + 1, maxY + 1],
    [minX - 1, maxY + 1],
  ];
  expect(await read({ lasso: { polygon } })).toEqual(new Uint8Array(count).fill(1));
  expect(await read({ any: [] })).toEqual(new Uint8Array(count));
});

test("what only a server reads is refused by name", async () => {
  const read = (selection: unknown) => choiceOf(map.bundle, [], selection as Record<string, unknown>);
  await expect(read({ search: { text: "a" } })).rejects.toThrow(/without its server a map reads all, any/i);
  await expect(read({ values: 3 })).rejects.toThrow(/docs\/search.md|no column/);
  await expect(read({ tag: "none" })).rejects.toThrow(/no tag "none"/);
});
