import { expect, test } from "vitest";
import { combined, inverted, toggled } from "../../src/data/combine.ts";

const before = Uint8Array.of(1, 1, 0, 0);
const drawn = Uint8Array.of(1, 0, 1, 0);

test("what is drawn replaces, adds, takes away, or keeps what is common", () => {
  expect(combined(before, drawn, "replace")).toEqual(drawn);
  expect(combined(before, drawn, "add")).toEqual(Uint8Array.of(1, 1, 1, 0));
  expect(combined(before, drawn, "subtract")).toEqual(Uint8Array.of(0, 1, 0, 0));
  expect(combined(before, drawn, "intersect")).toEqual(Uint8Array.of(1, 0, 0, 0));
});

test("no item chosen is no selection", () => {
  expect(combined(drawn, drawn, "subtract")).toBeNull();
  expect(combined(null, drawn, "intersect")).toBeNull();
  expect(inverted(null, Uint8Array.of(0, 0), 2)).toBeNull();
  expect(toggled(Uint8Array.of(0, 1), [1], 2)).toBeNull();
});

test("the others among those that pass", () => {
  expect(inverted(before, null, 4)).toEqual(Uint8Array.of(0, 0, 1, 1));
  expect(inverted(before, Uint8Array.of(1, 1, 1, 0), 4)).toEqual(Uint8Array.of(0, 0, 1, 0));
});

test("several are put in unless all are in", () => {
  expect(toggled(before, [1, 2], 4)).toEqual(Uint8Array.of(1, 1, 1, 0));
  expect(toggled(before, [0, 1], 4)).toBeNull();
});
