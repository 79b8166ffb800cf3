import { describe, expect, test } from "vitest";
import { visibleBox } from "../../src/camera/camera.ts";
import { cameraWithItem } from "../../src/camera/keep.ts";
import { buildIndex, PickIndex } from "../../src/data/picking.ts";
import { layoutFrom } from "../layers/positions.ts";

const view = { width: 1000, height: 700 };
const layout = layoutFrom([
  [0, 0],
  [1, 0],
  [1, 1],
]);
const items = new PickIndex(buildIndex(layout, 3), layout);

describe("a resting camera", () => {
  test("that shows an item stays", () => {
    expect(cameraWithItem({ x: 0.4, y: 0.4, scale: 2000 }, view, items)).toBeNull();
  });

  test.each([
    [0, 0],
    [-0.5, 0.5],
    [3, -0.2],
  ])("in a gap at (%f, %f) gets the closest item well into view, at its scale", (x, y) => {
    const found = cameraWithItem({ x, y, scale: 5000 }, view, items)!;
    expect(found.scale).toBe(5000);
    const inner = visibleBox({ ...found, scale: found.scale * 1.9 }, view);
    expect(items.inBox(inner)).toHaveLength(1);
  });

  test("moves no further than it must", () => {
    const found = cameraWithItem({ x: 0.5, y: 0.2, scale: 2000 }, view, items)!;
    expect(found.x).toBeCloseTo(0.5, 3);
    expect(found.y).toBeCloseTo(0.5 - (0.25 * 700) / 2000, 3);
  });
});

test("the closest item is found however far it is", () => {
  expect(items.closestTo({ x: 900, y: 901 })!.x).toBeCloseTo(0.5, 3);
  expect(items.closestTo({ x: -0.5001, y: -0.5 })!.x).toBeCloseTo(-0.5, 3);
});
