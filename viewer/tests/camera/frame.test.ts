import { describe, expect, test } from "vitest";
import type { Camera } from "../../src/camera/camera.ts";
import { anchorOf, boxOf, frameOf, STEPS, stepsToMap, unitOf } from "../../src/camera/frame.ts";

describe("frameOf", () => {
  test("keeps the aspect: the larger side becomes 1", () => {
    expect(boxOf(frameOf([-10, 0, 30, 10]))).toEqual({ minX: -0.5, minY: -0.125, maxX: 0.5, maxY: 0.125 });
  });

  test("gives an axis without extent a hair's width, around its value", () => {
    const frame = frameOf([-700, -4, 1290, -4]);
    expect(frame.height).toBeGreaterThan(0);
    expect(frame.bottom + frame.height / 2).toBeCloseTo(-4, 9);
    const point = frameOf([3, 3, 3, 3]);
    expect(point.side).toBe(1);
    expect(stepsToMap(point, STEPS, 0).x).toBeLessThan(1e-5);
  });
});

describe("anchorOf", () => {
  const frame = frameOf([-15.2251, -13.9789, 13.7269, 13.4233]);

  /** What the vertex shader computes, in float32 at every step. */
  function drawn(cell: number, fine: number, camera: Camera): number {
    const anchor = anchorOf(frame, camera);
    const f = Math.fround;
    const steps = f(f(cell * 256 + fine) - f(anchor.whole.x));
    return f(f(steps - f(anchor.rest.x)) * f(unitOf(frame, camera, 1).x));
  }

  test.each([700, 1e5, 1e7])(
    "lets float32 place items within a hundredth of a pixel at scale %f",
    (scale) => {
      for (const [cell, fine] of [
        [40_000, 200],
        [40_000, 201],
        [65_535, 255],
      ] as const) {
        const item = stepsToMap(frame, cell * 256 + fine, 0);
        for (const aside of [-300.3, 0, 17.25]) {
          const camera = { x: item.x - aside / scale, y: 0, scale };
          expect(Math.abs(drawn(cell, fine, camera) - aside)).toBeLessThan(0.01);
        }
      }
    },
  );

  test("is what plain float32 map units can't do", () => {
    const misplaced = [-300.3, 17.25, 40.7].map((aside) => {
      const item = stepsToMap(frame, 65_000 * 256 + 201, 0);
      const camera = Math.fround(item.x - aside / 1e7);
      return Math.abs((Math.fround(item.x) - camera) * 1e7 - aside);
    });
    expect(Math.max(...misplaced)).toBeGreaterThan(0.1);
  });

  test("scales by the device's pixels", () => {
    const camera = { x: 0.1, y: 0.2, scale: 900 };
    expect(unitOf(frame, camera, 2).x).toBeCloseTo(2 * unitOf(frame, camera, 1).x, 12);
  });
});
