import { expect, test } from "vitest";
import type { CategoryColumn, NumberColumn } from "../../src/bundle/index.ts";
import { numberFinding, surprise, valueFindings } from "../../src/selection/special.ts";

const N = 400;
const chosen = new Uint8Array(N).fill(1, 0, 100);
const counts = (codes: Uint8Array) => [0, 1, 2].map((code) => codes.filter((one) => one === code).length);
const category = (codes: Uint8Array) =>
  ({
    name: "k",
    title: "K",
    kind: "category",
    categories: ["a", "b", "c"],
    counts: counts(codes),
    missing: 0,
  }) as unknown as CategoryColumn;

test("a value that is more frequent inside is found with its shares and its lift", () => {
  const codes = new Uint8Array(N).map((_, k) => (k < 80 ? 0 : k < 130 ? 1 : 2));
  const [a, c] = valueFindings(category(codes), codes, chosen).sort((x, y) => x.code - y.code);
  expect(a).toMatchObject({
    text: "a",
    inside: 80,
    insideOf: 100,
    outside: 0,
    lift: Number.POSITIVE_INFINITY,
  });
  expect(c).toMatchObject({ text: "c", inside: 0, outside: 270, lift: 0 });
});

test("values that stand everywhere alike are not found", () => {
  const codes = new Uint8Array(N).map((_, k) => k % 3);
  expect(valueFindings(category(codes), codes, chosen)).toEqual([]);
});

test("a number that runs higher inside is found with both medians", () => {
  const column = { name: "n", title: "N", kind: "number" } as unknown as NumberColumn;
  const values = new Float32Array(N).map((_, k) => (k < 100 ? 50 + (k % 10) : k % 20));
  values[5] = Number.NaN;
  const found = numberFinding(column, values, chosen)!;
  expect(found.higher).toBe(1);
  expect(found.inside).toBe(54);
  expect(found.outside).toBe(9.5);
  expect(numberFinding(column, new Float32Array(N).fill(3), chosen)).toBeNull();
});

test("surprise is the log-likelihood ratio: none for equal shares, more for more items", () => {
  expect(surprise(10, 100, 30, 300)).toBeCloseTo(0);
  expect(surprise(20, 100, 30, 300)).toBeCloseTo(6.0, 0);
  expect(surprise(200, 1000, 300, 3000)).toBeCloseTo(10 * surprise(20, 100, 30, 300));
});
