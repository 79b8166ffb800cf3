import { expect, test } from "vitest";
import { allOf, countOf, itemsOf, maskOf } from "../../src/data/mask.ts";

test("what belongs to all masks, where a mask that is not there holds all", () => {
  const [a, b] = [maskOf([0, 1, 2], 5), maskOf([1, 2, 4], 5)];
  expect(allOf([])).toBeNull();
  expect(allOf([null, a])).toBe(a);
  expect([...itemsOf(allOf([a, null, b])!)]).toEqual([1, 2]);
  expect([...itemsOf(a)]).toEqual([0, 1, 2]); // left as it was
});

test("counts, and items beyond the end are left out", () => {
  expect(countOf(maskOf([3, 3, 9], 4))).toBe(1);
});
