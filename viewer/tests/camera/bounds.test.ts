import { describe, expect, test } from "vitest";
import { constrain, fit, limitsOf } from "../../src/camera/bounds.ts";
import { type Box, type Camera, toScreen, visibleBox } from "../../src/camera/camera.ts";

const view = { width: 1000, height: 700 };
const wide: Box = { minX: -0.5, minY: -0.2, maxX: 0.5, maxY: 0.2 };
const tall: Box = { minX: -0.1, minY: -0.5, maxX: 0.1, maxY: 0.5 };

function corners(box: Box, camera: Camera) {
  const topLeft = toScreen(camera, view, { x: box.minX, y: box.maxY });
  const bottomRight = toScreen(camera, view, { x: box.maxX, y: box.minY });
  return { left: topLeft.x, top: topLeft.y, right: bottomRight.x, bottom: bottomRight.y };
}

function overlap(camera: Camera, box: Box) {
  const seen = visibleBox(camera, view);
  return {
    x: (Math.min(seen.maxX, box.maxX) - Math.max(seen.minX, box.minX)) * camera.scale,
    y: (Math.min(seen.maxY, box.maxY) - Math.max(seen.minY, box.minY)) * camera.scale,
  };
}

describe("fit", () => {
  test.each([wide, tall])("shows the whole box, padded, in the middle", (box) => {
    const shown = corners(box, fit(box, view));
    expect(shown.left).toBeGreaterThan(30);
    expect(shown.top).toBeGreaterThan(30);
    expect(shown.left + shown.right).toBeCloseTo(1000);
    expect(shown.top + shown.bottom).toBeCloseTo(700);
  });

  test("keeps the box clear of panels", () => {
    const shown = corners(wide, fit(wide, view, { top: 60, right: 0, bottom: 0, left: 300 }));
    expect(shown.left).toBeGreaterThan(300);
    expect(shown.right).toBeLessThan(1000);
    expect(shown.top).toBeGreaterThan(60);
  });

  test("finds a finite scale for identical positions and for panels wider than the view", () => {
    const point = { minX: 0.2, minY: 0.1, maxX: 0.2, maxY: 0.1 };
    expect(Number.isFinite(fit(point, view).scale)).toBe(true);
    expect(fit(wide, view, { top: 0, right: 900, bottom: 0, left: 900 }).scale).toBeGreaterThan(0);
  });
});

describe("constrain", () => {
  const home = fit(wide, view);
  const limits = limitsOf(wide, home, view, 5e5);

  test("leaves home alone", () => {
    expect(constrain(home, view, limits)).toBe(home);
  });

  test.each([
    [1e9, 0],
    [-1e9, 0],
    [0, 1e9],
    [-1e9, -1e9],
  ])("never loses the data: (%f, %f)", (x, y) => {
    for (const scale of [1e-9, home.scale, home.scale * 3, home.scale * 40, 5e5, 1e12]) {
      const seen = overlap(constrain({ x, y, scale }, view, limits), wide);
      expect(seen.x).toBeGreaterThan(100);
      expect(seen.y).toBeGreaterThan(100);
    }
  });

  test("keeps the whole map in sight where it is smaller than the view", () => {
    const shown = corners(wide, constrain({ x: 1e9, y: -1e9, scale: 0 }, view, limits));
    expect(shown.left).toBeGreaterThanOrEqual(-1e-6);
    expect(shown.right).toBeLessThanOrEqual(1000 + 1e-6);
    expect(shown.top).toBeGreaterThanOrEqual(-1e-6);
    expect(shown.bottom).toBeLessThanOrEqual(700 + 1e-6);
  });

  test("bounds the scale, a little below home and at what the data bears", () => {
    expect(constrain({ ...home, scale: 1e-9 }, view, limits).scale).toBeCloseTo(home.scale * 0.6);
    expect(constrain({ ...home, scale: 1e12 }, view, limits).scale).toBe(5e5);
  });

  test("lets a near camera go to the very edge of the data", () => {
    const near = { x: 0.5, y: 0.2, scale: home.scale * 20 };
    expect(constrain(near, view, limits)).toBe(near);
  });

  test("allows home even where the largest scale lies below it", () => {
    expect(constrain(home, view, limitsOf(wide, home, view, 1))).toBe(home);
  });
});
