import { expect, test } from "vitest";
import { placesOfNames } from "../../src/labels/places.ts";
import { layoutOf } from "../../src/layers/layout.ts";

/** Items of category k in a disc around centre k. */
function discs(centres: readonly (readonly [number, number])[], each: number, radius: number) {
  const codes = Uint8Array.from({ length: centres.length * each }, (_, item) => Math.floor(item / each));
  const layout = layoutOf("discs", codes.length, (item) => {
    const [x, y] = centres[codes[item]!]!;
    const [angle, away] = [item * 2.399963, radius * Math.sqrt(((item % each) + 0.5) / each)];
    return { x: x + away * Math.cos(angle), y: y + away * Math.sin(angle) };
  });
  return { codes, layout };
}

const CENTRES = [
  [-0.3, -0.3],
  [0.3, -0.1],
  [0, 0.35],
] as const;

test("each island of one category gets its name in its middle", () => {
  const { codes, layout } = discs(CENTRES, 800, 0.1);
  const places = placesOfNames(layout, codes, 3).filter(({ from }) => from === 0);
  expect(places.map(({ code }) => code).sort()).toEqual([0, 1, 2]);
  for (const { code, x, y } of places)
    expect(Math.hypot(x - CENTRES[code]![0], y - CENTRES[code]![1])).toBeLessThan(0.03);
});

test("a category that is everywhere names no place", () => {
  const { layout, codes } = discs(CENTRES, 800, 0.1);
  const mixed = codes.map((_, item) => item % 5);
  expect(placesOfNames(layout, mixed, 5)).toEqual([]);
});

test("items without a category count for nothing", () => {
  const { layout, codes } = discs(CENTRES, 800, 0.1);
  const some = codes.map((code) => (code === 1 ? 255 : code));
  expect(new Set(placesOfNames(layout, some, 3).map(({ code }) => code))).toEqual(new Set([0, 2]));
});

test("a wide region is named again on finer grids, where its first name is out of sight", () => {
  const { layout, codes } = discs([[0, 0]], 20_000, 0.45);
  const places = placesOfNames(layout, codes, 1);
  expect(places.filter(({ from }) => from === 0)).toHaveLength(1);
  expect(places.length).toBeGreaterThan(4);
  expect(places.every(({ x, y }) => Math.hypot(x, y) < 0.47)).toBe(true);
});

test("the larger island of two comes first", () => {
  const small = discs([CENTRES[0]], 300, 0.05);
  const { layout, codes } = discs(CENTRES.slice(0, 2), 900, 0.1);
  const fewer = codes.map((code, item) => (code === 0 && item % 3 > 0 ? 255 : code));
  expect(placesOfNames(layout, fewer, 2)[0]!.code).toBe(1);
  expect(placesOfNames(small.layout, small.codes, 1)).toHaveLength(1);
});
