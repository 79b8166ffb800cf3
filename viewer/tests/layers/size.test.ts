import { describe, expect, test } from "vitest";
import { lookOf, maxScaleOf, visitScale } from "../../src/layers/look.ts";
import { dotAlpha, dotDiameter, itemSize, LARGEST, spacingFor, spriteShare } from "../../src/layers/size.ts";

const spacings = Array.from({ length: 120 }, (_, k) => 0.05 * 1.1 ** k);
const rising = (values: number[]) => values.every((v, k) => k === 0 || v >= (values[k - 1] as number));

describe("the size law", () => {
  test("grows with zoom, slower than the map, within its bounds", () => {
    const sizes = spacings.map((s) => itemSize(s));
    expect(rising(sizes)).toBe(true);
    expect(Math.max(...sizes)).toBe(LARGEST);
    expect(rising(spacings.map((s) => s / itemSize(s)).slice(40))).toBe(true);
    expect(itemSize(20) / itemSize(10)).toBeLessThan(2);
    expect(itemSize(20) / itemSize(10)).toBeGreaterThan(1);
  });

  test("is continuous: a small zoom never makes anything pop", () => {
    for (const spacing of spacings) {
      const [here, there] = [
        lookOf(spacing, 1, 16, { pixelRatio: 1 }),
        lookOf(spacing * 1.01, 1, 16, { pixelRatio: 1 }),
      ];
      expect(Math.abs(there.spriteSize / here.spriteSize - 1)).toBeLessThan(0.011);
      expect(Math.abs(there.dotDiameter / here.dotDiameter - 1)).toBeLessThan(0.011);
      expect(Math.abs(there.share - here.share)).toBeLessThan(0.03);
      expect(Math.abs(there.nearShare - here.nearShare)).toBeLessThan(0.03);
      expect(Math.abs(there.dotAlpha - here.dotAlpha)).toBeLessThan(0.03);
    }
  });

  test("follows the user's factor, and spacingFor undoes it", () => {
    expect(itemSize(10, 2)).toBeCloseTo(2 * itemSize(10));
    expect(itemSize(spacingFor(96, 1.5), 1.5)).toBeCloseTo(96);
  });

  test("draws dots when far and sprites when near", () => {
    expect(spriteShare(itemSize(1.4))).toBe(0);
    expect(spriteShare(itemSize(12))).toBe(1);
    expect(lookOf(100, 1, null, { pixelRatio: 1 }).share).toBe(0);
  });

  test("never lets dots become discs", () => {
    expect(dotDiameter(3)).toBeLessThan(3);
    expect(dotDiameter(LARGEST)).toBeLessThan(30);
  });
});

describe("a dot's opacity", () => {
  test("falls as density rises, so that covering stays even", () => {
    for (const spacing of [0.5, 1, 2, 4]) {
      const diameter = dotDiameter(itemSize(spacing));
      const alpha = dotAlpha(diameter, spacing);
      const overlap = (Math.PI / 4) * (diameter / spacing) ** 2;
      if (alpha > 0.12 && alpha < 0.95) expect((1 - alpha) ** overlap).toBeCloseTo(0.14, 2);
    }
    expect(dotAlpha(3, 0.5)).toBeLessThan(dotAlpha(3, 3));
  });

  test("is never nothing and never solid", () => {
    expect(dotAlpha(4, 1e-3)).toBeGreaterThan(0.1);
    expect(dotAlpha(1, 1000)).toBeLessThan(1);
  });
});

describe("scales", () => {
  test("go up to where the largest sprites come apart, but not beyond the positions' own grid", () => {
    expect(itemSize(0.0016 * maxScaleOf(0.0016, 2 ** 24))).toBe(LARGEST);
    expect(maxScaleOf(1e-7, 65536)).toBe(65536 * 4);
  });

  test("show a visited item well", () => {
    expect(itemSize(0.002 * visitScale(0.002, 1))).toBeCloseTo(96);
  });
});
