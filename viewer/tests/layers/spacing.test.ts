import { describe, expect, test } from "vitest";
import { survey } from "../../src/layers/spacing.ts";
import { cloud, layoutFrom, random } from "./positions.ts";

describe("the survey's spacing", () => {
  test.each([200, 2000, 60_000])("is 1/√n for %i items spread evenly", (count) => {
    expect(survey(cloud(count, 5), count, count).spacing * Math.sqrt(count)).toBeGreaterThan(0.85);
    expect(survey(cloud(count, 5), count, count).spacing * Math.sqrt(count)).toBeLessThan(1.15);
  });

  test("shrinks with the side of a cluster", () => {
    const next = random(9);
    const clustered = Array.from({ length: 20_000 }, () => [0.4 + 0.1 * next(), 0.4 + 0.1 * next()] as const);
    const { spacing } = survey(layoutFrom(clustered), 20_000, 20_000);
    expect(spacing * Math.sqrt(20_000)).toBeGreaterThan(0.07);
    expect(spacing * Math.sqrt(20_000)).toBeLessThan(0.13);
  });

  test("of a sample is that of the whole", () => {
    const whole = survey(cloud(40_000, 6), 40_000, 40_000).spacing;
    expect(survey(cloud(40_000, 6), 10_000, 40_000).spacing / whole).toBeCloseTo(1, 1);
  });

  test("is finite for one item and for identical ones", () => {
    expect(survey(cloud(1, 7), 1, 1).spacing).toBeGreaterThan(0);
    const same = layoutFrom(Array.from({ length: 50 }, () => [0.5, 0.5] as const));
    expect(survey(same, 50, 50).spacing).toBeGreaterThan(0);
  });
});

describe("the survey's local spacing", () => {
  const next = random(13);
  const dense = Array.from({ length: 20_000 }, () => [0.1 + 0.2 * next(), 0.1 + 0.2 * next()] as const);
  const sparse = Array.from({ length: 4000 }, () => [0.5 + 0.4 * next(), 0.5 + 0.4 * next()] as const);
  const found = survey(layoutFrom([...dense, ...sparse]), 24_000, 24_000);
  const inDense = { x: -0.3, y: -0.3 };
  const inSparse = { x: 0.2, y: 0.2 };

  test("is the same everywhere where a scale is said to be even", () => {
    const [even, local] = [0.01 / found.spacing, 40 / found.spacing];
    expect(found.evenAt(even)).toBe(true);
    expect(found.evenAt(local)).toBe(false);
    const at = (place: { x: number; y: number }, scale: number) => found.spacingFor({ ...place, scale });
    expect(at(inDense, even)).toBe(at(inSparse, even));
    expect(at(inDense, local)).not.toBe(at(inSparse, local));
  });

  test("is that of the place", () => {
    expect(found.around(inDense)).toBeCloseTo(0.2 / Math.sqrt(20_000), 3);
    expect(found.around(inSparse) / (0.4 / Math.sqrt(4000))).toBeGreaterThan(0.8);
    expect(found.around(inSparse) / (0.4 / Math.sqrt(4000))).toBeLessThan(1.2);
  });

  test("sizes items when near, not when far", () => {
    const at = (place: { x: number; y: number }, scale: number) => found.spacingFor({ ...place, scale });
    expect(at(inDense, 500)).toBeCloseTo(found.spacing, 12);
    expect(at(inSparse, 500)).toBeCloseTo(found.spacing, 12);
    expect(at(inSparse, 50_000) / at(inDense, 50_000)).toBeGreaterThan(2);
  });

  test("changes smoothly along a pan", () => {
    for (let k = 0; k < 400; k++) {
      const x = -0.6 + k * 0.003;
      const step = found.around({ x: x + 0.003, y: x }) / found.around({ x, y: x });
      expect(Math.abs(Math.log(step))).toBeLessThan(0.25);
    }
  });
});

describe("the survey's box", () => {
  test("is the whole extent when items fill it", () => {
    expect(survey(cloud(5000, 8), 5000, 5000).box).toEqual({ minX: -0.5, minY: -0.5, maxX: 0.5, maxY: 0.5 });
  });

  test("leaves a few strays outside", () => {
    const next = random(10);
    const core = Array.from({ length: 9998 }, () => [0.4 + 0.2 * next(), 0.4 + 0.2 * next()] as const);
    const { box } = survey(layoutFrom([...core, [0, 0], [1, 1]]), 10_000, 10_000);
    expect(box.minX).toBeGreaterThan(-0.13);
    expect(box.minX).toBeLessThan(-0.1);
    expect(box.maxY).toBeLessThan(0.13);
    expect(box.maxY).toBeGreaterThan(0.1);
  });

  test("never leaves out a group of any size", () => {
    const next = random(11);
    const far = Array.from({ length: 100 }, () => [0.02 * next(), 0.02 * next()] as const);
    const core = Array.from({ length: 9900 }, () => [0.6 + 0.4 * next(), 0.6 + 0.4 * next()] as const);
    expect(survey(layoutFrom([...core, ...far]), 10_000, 10_000).box.minX).toBeCloseTo(-0.5, 2);
  });
});
