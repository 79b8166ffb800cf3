import { expect, test } from "vitest";
import { picked, reversed } from "../../src/layers/items.ts";

const pairs = Uint16Array.of(0, 1, 10, 11, 20, 21, 30, 31);

test("items are stored last one first, so that the first is drawn on top", () => {
  const stored = reversed(pairs, 1, 3);
  expect(Array.from(new Uint16Array(stored.buffer))).toEqual([30, 31, 20, 21, 10, 11]);
  const bytes = reversed(Uint8Array.of(0, 1, 10, 11, 20, 21), 1, 2);
  expect(Array.from(new Uint8Array(bytes.buffer))).toEqual([20, 21, 10, 11]);
  expect(Array.from(pairs)).toEqual([0, 1, 10, 11, 20, 21, 30, 31]);
});

test("chosen items keep the order of the choice", () => {
  expect(Array.from(picked(pairs, 2, [3, 0]))).toEqual([30, 31, 0, 1]);
  expect(picked(Uint8Array.of(1, 2, 3, 4), 4, [0])).toBeInstanceOf(Uint8Array);
});
