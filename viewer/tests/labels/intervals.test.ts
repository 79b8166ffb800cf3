import { expect, test } from "vitest";
import { type Box, intervals } from "../../src/labels/intervals.ts";

const box = (x: number, y: number, from = 0): Box => ({ x, y, width: 40, height: 10, from });

/** Whether two labels overlap on screen at a scale. */
function overlap(a: Box, b: Box, scale: number): boolean {
  return (
    Math.abs(a.x - b.x) * scale < (a.width + b.width) / 2 - 1e-9 &&
    Math.abs(a.y - b.y) * scale < (a.height + b.height) / 2 - 1e-9
  );
}

test("a label waits until the more important one beside it leaves room", () => {
  expect(Array.from(intervals([box(0, 0), box(0.1, 0)]))).toEqual([0, 400]);
  expect(Array.from(intervals([box(0, 0), box(0, 0.1)]))).toEqual([0, 100]);
});

test("it does not wait for one that comes only where both have room", () => {
  expect(Array.from(intervals([box(0, 0, 5000), box(0.1, 0)]))).toEqual([5000, 0]);
});

test("two labels of one place: the second never shows", () => {
  expect(intervals([box(0.2, 0.2), box(0.2, 0.2)])[1]).toBe(Number.POSITIVE_INFINITY);
});

test("no two of many labels ever overlap at any scale, and each stays once it is there", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647 - 0.5;
  };
  const labels = Array.from({ length: 300 }, () => box(random(), random(), random() > 0 ? 0 : 900));
  const from = intervals(labels);
  let overlaps = 0;
  for (let scale = 50; scale < 1e5; scale *= 1.3) {
    const shown = labels.filter((_, k) => from[k]! <= scale);
    expect(shown.length).toBeGreaterThan(0);
    shown.forEach((a, i) => {
      overlaps += shown.slice(i + 1).filter((b) => overlap(a, b, scale)).length;
    });
  }
  expect(overlaps).toBe(0);
});
