import KDBush from "kdbush";
import { describe, expect, test } from "vitest";
import { buildIndex, PickIndex } from "../../src/data/picking.ts";
import { type Layout, pointOf } from "../../src/layers/layout.ts";
import { cloud, layoutFrom } from "../layers/positions.ts";

const all = () => true;
const indexOf = (layout: Layout, count = layout.cells.length / 2) =>
  new PickIndex(buildIndex(layout, count), layout);

describe("picking", () => {
  const layout = cloud(2000, 12);
  const index = indexOf(layout);
  const places = Array.from({ length: 2000 }, (_, item) => pointOf(layout, item));

  test("finds the same nearest item as looking at all of them", () => {
    for (let k = 0; k < 200; k++) {
      const at = { x: Math.sin(k) / 2, y: Math.cos(k * 1.7) / 2 };
      const away = places.map(({ x, y }) => Math.hypot(x - at.x, y - at.y));
      const least = Math.min(...away);
      const expected = least <= 0.02 ? away.indexOf(least) : null;
      expect(index.nearest(at, 0.02, all)).toBe(expected);
    }
  });

  test("finds the sprite on top: the lowest index whose square holds the point", () => {
    const half = 0.03;
    for (let k = 0; k < 100; k++) {
      const at = { x: Math.cos(k) / 2, y: Math.sin(k * 2.3) / 2 };
      const under = places.findIndex(({ x, y }) => Math.abs(x - at.x) <= half && Math.abs(y - at.y) <= half);
      expect(index.sprite(at, 2 * half, "top", all)).toBe(under < 0 ? null : under);
    }
  });

  test("survives the way through the worker: an index is its buffer", () => {
    const again = new PickIndex(KDBush.from(buildIndex(layout, 2000).data), layout);
    expect(again.nearest({ x: 0.1, y: 0.1 }, 0.1, all)).toBe(index.nearest({ x: 0.1, y: 0.1 }, 0.1, all));
    expect(again.count).toBe(2000);
  });

  test("knows only the items that have arrived", () => {
    const early = indexOf(layout, 100);
    const found = early.inBox({ minX: -1, minY: -1, maxX: 1, maxY: 1 });
    expect(Array.from(found)).toEqual(Array.from({ length: 100 }, (_, k) => k));
  });
});

describe("a choice among overlapping items", () => {
  const layout = layoutFrom([
    [0.5, 0.5],
    [0.52, 0.5],
    [0.52, 0.5],
  ]);
  const index = indexOf(layout);
  const at = pointOf(layout, 1);

  test("sees through strokes to the nearest, and takes tiles from the top", () => {
    expect(index.sprite(at, 0.1, "nearest", all)).toBe(1);
    expect(index.sprite(at, 0.1, "top", all)).toBe(0);
  });

  test("prefers what is lit, and takes dim items where there is nothing else", () => {
    expect(index.sprite(at, 0.1, "top", (item) => item === 2)).toBe(2);
    expect(index.nearest(at, 0.1, (item) => item === 0)).toBe(0);
    expect(index.nearest(at, 0.1, () => false)).toBe(1);
  });

  test("finds nothing where nothing is", () => {
    expect(index.nearest({ x: -0.4, y: -0.4 }, 0.01, all)).toBeNull();
    expect(index.sprite({ x: -0.4, y: -0.4 }, 0.01, "top", all)).toBeNull();
  });
});

test("many items in a box are found by a walk, few by the tree: the same ones, ascending", () => {
  const layout = cloud(30_000, 5);
  const index = indexOf(layout);
  for (const side of [0.02, 0.2, 0.9, 1.2]) {
    const box = { minX: -side / 2 + 0.03, minY: -side / 2, maxX: side / 2, maxY: side / 2 };
    const expected: number[] = [];
    for (let item = 0; item < 30_000; item++) {
      const { x, y } = pointOf(layout, item);
      if (x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY) expected.push(item);
    }
    const found = index.inBox(box);
    expect(Math.abs(found.length - expected.length)).toBeLessThanOrEqual(expected.length / 1000);
    expect(found.every((item, k) => k === 0 || found[k - 1]! < item)).toBe(true);
    expect(Array.from(index.inBox(box, 10))).toEqual(Array.from(found.subarray(0, 10)));
    expect(index.hasIn(box)).toBe(expected.length > 0);
  }
  expect(index.hasIn({ minX: 3, minY: 3, maxX: 4, maxY: 4 })).toBe(false);
});
