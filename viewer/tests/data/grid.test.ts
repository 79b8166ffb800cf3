import { expect, test } from "vitest";
import { griddedLayout } from "../../src/data/grid.ts";
import { layoutOf, pointOf } from "../../src/layers/layout.ts";

const random = (item: number, k: number) => {
  const x = Math.sin(item * 12.9898 + k * 78.233) * 43758.5453;
  return x - Math.floor(x) - 0.5;
};
const cloud = (count: number) =>
  layoutOf("cloud", count, (item) => ({ x: random(item, 1) ** 3 * 4, y: random(item, 2) }));

test.each([1, 2, 7, 100, 997, 5000])("%i items get a cell each, and none another's", (count) => {
  const grid = griddedLayout(cloud(count));
  const taken = new Set<string>();
  for (let item = 0; item < count; item++) {
    const { x, y } = pointOf(grid, item);
    const [column, row] = [x, y].map((v) => Math.round((2 * v) / grid.pitch!));
    taken.add(`${column},${row}`);
  }
  expect(taken.size).toBe(count);
});

test("who stands left of most stays left, who stands above stays above", () => {
  const layout = cloud(2000);
  const grid = griddedLayout(layout);
  let kept = 0;
  for (let item = 0; item < 1999; item++) {
    const [a, b] = [pointOf(layout, item), pointOf(layout, item + 1)];
    const [c, d] = [pointOf(grid, item), pointOf(grid, item + 1)];
    if (Math.sign(a.x - b.x) * (c.x - d.x) >= 0) kept++;
    if (Math.sign(a.y - b.y) * (c.y - d.y) >= 0) kept++;
  }
  expect(kept / 2 / 1999).toBeGreaterThan(0.85);
});

test("items of one place are shared out too", () => {
  const grid = griddedLayout(layoutOf("heap", 400, () => ({ x: 0.1, y: 0.1 })));
  const places = new Set(Array.from({ length: 400 }, (_, item) => JSON.stringify(pointOf(grid, item))));
  expect(places.size).toBe(400);
});

test("a number of items that fills a nearly square grid leaves no cell empty", () => {
  const { frame } = griddedLayout(cloud(700)); // 25 × 28
  expect(frame.width * frame.height).toBe(700);
});
