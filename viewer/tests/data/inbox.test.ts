import { expect, test } from "vitest";
import { scanBox } from "../../src/data/inbox.ts";
import { layoutOf, pointOf } from "../../src/layers/layout.ts";

/** Items along a curve that fills the square: near ones are near in the display order. */
const COUNT = 150_001;
const layout = layoutOf("snake", COUNT, (item) => {
  const row = Math.floor(item / 400);
  const along = (item % 400) / 400;
  return { x: (row % 2 ? 1 - along : along) - 0.5, y: row / (COUNT / 400) - 0.5 };
});

test.each([COUNT, 100_000, 5000])(
  "of %i items, a box holds those whose places are in it, in order",
  (count) => {
    const box = { minX: -0.2, minY: -0.49, maxX: 0.31, maxY: 0.35 };
    const inside = new Set<number>();
    for (let item = 0; item < count; item++) {
      const { x, y } = pointOf(layout, item);
      if (x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY) inside.add(item);
    }
    const found = Array.from(scanBox(layout, count, box));
    const shared = found.filter((item) => inside.has(item)).length;
    const off = found.length + inside.size - 2 * shared; // at the edges, within half a cell
    expect(off).toBeLessThan(count / 200);
    expect(found.length).toBeGreaterThan(count / 20);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(Array.from(scanBox(layout, count, box, 700))).toEqual(found.slice(0, 700));
  },
);

test("a box beside the map holds none", () => {
  expect(scanBox(layout, COUNT, { minX: 0.6, minY: -1, maxX: 0.7, maxY: 1 })).toHaveLength(0);
});
