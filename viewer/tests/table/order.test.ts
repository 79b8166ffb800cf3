import { expect, test } from "vitest";
import type { Column } from "../../src/bundle/index.ts";
import { sortedByColumn } from "../../src/table/order.ts";

const items = Uint32Array.of(0, 1, 2, 3, 4, 5);
const column = (kind: string) => ({ name: "c", title: "C", kind }) as unknown as Column;

test("numbers run from the least to the most, negative ones first, missing ones last either way", () => {
  const values = Float32Array.of(3, Number.NaN, -5, 0, -0.5, 1e30);
  expect([...sortedByColumn(items, column("number"), values, false)]).toEqual([2, 4, 3, 0, 5, 1]);
  expect([...sortedByColumn(items, column("number"), values, true)]).toEqual([5, 0, 3, 4, 2, 1]);
});

test("equals stay in display order", () => {
  const codes = Uint8Array.of(2, 1, 255, 1, 2, 0);
  expect([...sortedByColumn(items, column("category"), codes, false)]).toEqual([5, 1, 3, 0, 4, 2]);
  expect([...sortedByColumn(items, column("category"), codes, true)]).toEqual([0, 4, 1, 3, 5, 2]);
});

test("times are numbers of their own", () => {
  const values = Uint32Array.of(70_000, 5, 4_294_967_295, 4_000_000_000, 6, 70_001);
  expect([...sortedByColumn(items, column("time"), values, false)]).toEqual([1, 4, 0, 5, 3, 2]);
});
