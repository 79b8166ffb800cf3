import { expect, test } from "vitest";
import { buildIndex, PickIndex } from "../../src/data/picking.ts";
import { InView } from "../../src/layers/inview.ts";
import { cloud } from "./positions.ts";

const layout = cloud(3000, 4);
const index = new PickIndex(buildIndex(layout, 3000), layout);
const square = (x: number, y: number, side: number) => ({ minX: x, minY: y, maxX: x + side, maxY: y + side });

test("finds what is in view and around it, the last of the display order first", () => {
  const seen = new InView();
  expect(seen.update(index, square(-0.1, -0.1, 0.2))).toBe(true);
  const items = Array.from(seen.items);
  expect(items).toEqual([...items].sort((a, b) => b - a));
  for (const item of index.inBox(square(-0.1, -0.1, 0.2))) expect(items).toContain(item);
});

test("searches again only when the camera leaves what was searched, or comes much nearer", () => {
  const seen = new InView();
  seen.update(index, square(0, 0, 0.2));
  expect(seen.update(index, square(0.03, 0.02, 0.2))).toBe(false);
  expect(seen.update(index, square(0.1, 0, 0.2))).toBe(true);
  expect(seen.update(index, square(0.15, 0.05, 0.1))).toBe(true);
  expect(seen.update(new PickIndex(buildIndex(layout, 10), layout), square(0.15, 0.05, 0.1))).toBe(true);
  expect(Math.max(-1, ...seen.items)).toBeLessThan(10);
});
