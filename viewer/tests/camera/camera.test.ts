import { describe, expect, test } from "vitest";
import { type Camera, pan, toMap, toScreen, visibleBox, zoomAbout } from "../../src/camera/camera.ts";

const view = { width: 1000, height: 700 };
const camera: Camera = { x: 0.1, y: -0.2, scale: 640 };

test("y points up on the map and down on the screen", () => {
  expect(toScreen(camera, view, { x: 0.1, y: -0.2 })).toEqual({ x: 500, y: 350 });
  expect(toScreen(camera, view, { x: 0.1, y: 0.3 }).y).toBeLessThan(350);
});

test("toMap undoes toScreen", () => {
  const point = toMap(camera, view, toScreen(camera, view, { x: -0.31, y: 0.44 }));
  expect(point.x).toBeCloseTo(-0.31, 12);
  expect(point.y).toBeCloseTo(0.44, 12);
});

test.each([0.25, 3, 1e4])("zooming by %f keeps what is under the pointer", (factor) => {
  const at = { x: 137, y: 612 };
  const before = toMap(camera, view, at);
  const after = toMap(zoomAbout(camera, view, camera.scale * factor, at), view, at);
  expect(after.x).toBeCloseTo(before.x, 10);
  expect(after.y).toBeCloseTo(before.y, 10);
});

test("panning moves a point by as many pixels as the hand", () => {
  const before = toScreen(camera, view, { x: 0, y: 0 });
  const after = toScreen(pan(camera, -60, 25), view, { x: 0, y: 0 });
  expect(after.x - before.x).toBeCloseTo(-60);
  expect(after.y - before.y).toBeCloseTo(25);
});

describe("visibleBox", () => {
  test("has its corners at the screen's corners", () => {
    const box = visibleBox(camera, view);
    expect(toScreen(camera, view, { x: box.minX, y: box.maxY })).toEqual({ x: 0, y: 0 });
    const far = toScreen(camera, view, { x: box.maxX, y: box.minY });
    expect(far.x).toBeCloseTo(1000);
    expect(far.y).toBeCloseTo(700);
  });
});
