import { describe, expect, test } from "vitest";
import type { Point } from "../../src/camera/camera.ts";
import { outlineRegion } from "../../src/data/outline.ts";
import { boxRegion, itemsWithin, type Region } from "../../src/data/region.ts";
import { strokeRegion } from "../../src/data/stroke.ts";
import { type Layout, layoutOf, pointOf } from "../../src/layers/layout.ts";

const COUNT = 1200;
let seed = 7;
const random = () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};
const layout = layoutOf("noise", COUNT, () => ({ x: random() - 0.5, y: random() - 0.5 }));
/** Near items near in the display order, as maps have them: square by square, whole blocks lie in a region or outside. */
const SQUARES = 30;
const PER_SQUARE = 300;
const orderly = layoutOf("squares", SQUARES ** 2 * PER_SQUARE, (item) => {
  const square = Math.floor(item / PER_SQUARE);
  const x = ((square % SQUARES) + random()) / SQUARES - 0.5;
  return { x, y: (Math.floor(square / SQUARES) + random()) / SQUARES - 0.5 };
});

/** Count the items that the region and the plain definition disagree on. */
function differences(region: Region, definition: (at: Point) => boolean): number {
  return wrongOf(layout, COUNT, 1, region, definition) + wrongOf(orderly, 269_990, 37, region, definition);
}

/** Of the first `loaded` items, each `step`th is compared. */
function wrongOf(
  of: Layout,
  loaded: number,
  step: number,
  region: Region,
  definition: (at: Point) => boolean,
): number {
  const mask = itemsWithin(of, loaded, loaded, region);
  let wrong = 0;
  for (let item = 0; item < loaded; item += step) {
    if ((mask[item] === 1) !== definition(pointOf(of, item))) wrong++;
  }
  return wrong;
}

/** Winding by angles: slow, and right. */
function winding(points: readonly Point[], { x, y }: Point): number {
  let turned = 0;
  for (const [k, to] of points.entries()) {
    const from = points.at(k - 1)!;
    const turn = Math.atan2(to.y - y, to.x - x) - Math.atan2(from.y - y, from.x - x);
    turned += Math.atan2(Math.sin(turn), Math.cos(turn));
  }
  return Math.round(turned / (2 * Math.PI));
}

const circle = (turns: number, steps: number, radius: (t: number) => number): Point[] =>
  Array.from({ length: steps }, (_, k) => {
    const t = (2 * Math.PI * turns * k) / steps;
    return { x: 0.05 + radius(t) * Math.cos(t), y: radius(t) * Math.sin(t) };
  });

describe("an outline holds what it winds around", () => {
  const outlines: Record<string, Point[]> = {
    "a circle": circle(1, 300, () => 0.3),
    "a flower": circle(1, 400, (t) => 0.25 + 0.15 * Math.cos(5 * t)),
    "a spiral that crosses itself": circle(3, 500, (t) => 0.08 + t / 60),
    "a triangle": [
      { x: -0.4, y: -0.4 },
      { x: 0.45, y: -0.1 },
      { x: 0, y: 0.4 },
    ],
    "a sliver": [
      { x: -0.5, y: 0 },
      { x: 0.5, y: 0.002 },
      { x: 0.5, y: 0.004 },
    ],
    "a scribble": Array.from({ length: 60 }, () => ({ x: random() - 0.5, y: random() - 0.5 })),
  };
  for (const [name, points] of Object.entries(outlines)) {
    test(name, () => {
      expect(differences(outlineRegion(points), (at) => winding(points, at) !== 0)).toBe(0);
    });
  }
});

test("a stroke holds what the brush has touched", () => {
  const path = circle(2, 60, (t) => 0.1 + t / 50);
  const distance = (at: Point) =>
    Math.min(
      ...path.slice(1).map((to, k) => {
        const [a, dx, dy] = [path[k]!, to.x - path[k]!.x, to.y - path[k]!.y];
        const along = ((at.x - a.x) * dx + (at.y - a.y) * dy) / (dx * dx + dy * dy);
        const t = Math.min(Math.max(along, 0), 1);
        return Math.sqrt((at.x - a.x - t * dx) ** 2 + (at.y - a.y - t * dy) ** 2);
      }),
    );
  expect(differences(strokeRegion(path, 0.04), (at) => distance(at) <= 0.04)).toBe(0);
  const dot = { x: 0.1, y: 0.2 };
  expect(differences(strokeRegion([dot], 0.1), (at) => Math.hypot(at.x - 0.1, at.y - 0.2) <= 0.1)).toBe(0);
});

test("a wide stroke of many points holds what the brush has touched", () => {
  const path = circle(1, 400, (t) => 0.2 + 0.03 * Math.sin(9 * t));
  const touched = ({ x, y }: Point) => path.some((at) => Math.hypot(at.x - x, at.y - y) <= 0.15);
  // Between its points the path is straight, so that it may hold what no point alone reaches.
  expect(differences(strokeRegion(path, 0.15), touched)).toBeLessThan(3);
});

test("a box holds what is between its corners, whichever were drawn", () => {
  const box = boxRegion({ x: 0.3, y: -0.2 }, { x: -0.1, y: 0.25 });
  expect(differences(box, ({ x, y }) => x >= -0.1 && x <= 0.3 && y >= -0.2 && y <= 0.25)).toBe(0);
});

test("degenerate outlines hold nothing and break nothing", () => {
  for (const points of [
    [{ x: 0, y: 0 }],
    [
      { x: 0, y: 0 },
      { x: 0, y: 0 },
    ],
    [
      { x: -1, y: 0 },
      { x: 1, y: 0 },
    ],
  ]) {
    expect(itemsWithin(layout, COUNT, COUNT, outlineRegion(points)).includes(1)).toBe(false);
  }
});

test("items that have not arrived are not in it", () => {
  const everything = boxRegion({ x: -1, y: -1 }, { x: 1, y: 1 });
  expect(itemsWithin(layout, 100, COUNT, everything).lastIndexOf(1)).toBe(99);
});
