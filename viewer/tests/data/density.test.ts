import { expect, test } from "vitest";
import { densityOf } from "../../src/data/density.ts";
import { layoutOf } from "../../src/layers/layout.ts";
import { ItemStyle } from "../../src/layers/style.ts";

const SIDE = 64;

/** Four hundred red items left, one hundred blue ones right. */
function twoHeaps() {
  const count = 500;
  const layout = layoutOf("heaps", count, (item) => ({
    x: (item < 400 ? -0.25 : 0.25) + 0.02 * Math.cos(item),
    y: 0.02 * Math.sin(item * 1.7),
  }));
  const style = new ItemStyle(count);
  style.setColors(Uint8Array.from({ length: 3 * count }, (_, k) => (k % 3 === (k < 1200 ? 0 : 2) ? 255 : 0)));
  return { layout, style };
}

function at({ texels, side, from, span }: ReturnType<typeof densityOf>, x: number, y: number) {
  const [column, row] = [x, y].map((v) => Math.floor(((v - from) / span) * side)) as [number, number];
  return Array.from(texels.subarray(4 * (row * side + column), 4 * (row * side + column) + 4));
}

test("density is highest where most items lie, and takes their colours", () => {
  const { layout, style } = twoHeaps();
  const field = densityOf(layout, style.words, SIDE);
  const [red, , blue, left] = at(field, -0.25, 0) as [number, number, number, number];
  const right = at(field, 0.25, 0);
  expect([red, blue]).toEqual([1, 0]);
  expect(right[2]).toBe(1);
  expect(left).toBeGreaterThan(0.9);
  expect(right[3]! / left).toBeCloseTo(0.5, 1); // √ of a quarter
  expect(at(field, 0, 0.4)[3]).toBe(0);
});

test("dim items do not count", () => {
  const { layout, style } = twoHeaps();
  style.setDim(Uint8Array.from({ length: 500 }, (_, item) => (item < 400 ? 0 : 1)));
  const field = densityOf(layout, style.words, SIDE);
  expect(at(field, -0.25, 0)[3]).toBe(0);
  expect(at(field, 0.25, 0)[3]).toBeGreaterThan(0.9);
});

test("a map whose items are all dim has no density, and no NaN", () => {
  const { layout, style } = twoHeaps();
  style.setDim(new Uint8Array(500));
  expect(densityOf(layout, style.words, SIDE).texels.every((value) => value === 0)).toBe(true);
});
