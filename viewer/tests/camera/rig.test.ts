import { beforeEach, describe, expect, test } from "vitest";
import { toMap, toScreen } from "../../src/camera/camera.ts";
import { CameraRig } from "../../src/camera/rig.ts";

const view = { width: 1000, height: 700 };
const box = { minX: -0.5, minY: -0.4, maxX: 0.5, maxY: 0.4 };

function settle(rig: CameraRig): number {
  let steps = 0;
  while (rig.moving && steps < 1000) {
    rig.step(16);
    steps++;
  }
  return steps;
}

describe.each([
  ["moving", false],
  ["still", true],
] as const)("a %s rig", (_, still) => {
  let rig: CameraRig;
  beforeEach(() => {
    rig = new CameraRig(still);
    rig.resize(view);
    rig.setTerrain({ box, home: box, maxScale: 1e6 }, 0);
  });

  test("starts at home and stays there when the window changes", () => {
    expect(rig.atHome).toBe(true);
    rig.resize({ width: 500, height: 900 });
    expect(rig.atHome).toBe(true);
    expect(rig.camera).toEqual(rig.homeCamera);
  });

  test("zooms about a point, and quick wheel turns add up", () => {
    const at = { x: 200, y: 600 };
    const anchor = toMap(rig.camera, view, at);
    const before = rig.camera.scale;
    rig.zoomBy(2, at, true);
    rig.step(16);
    rig.zoomBy(3, at, true);
    settle(rig);
    expect(rig.camera.scale / before).toBeCloseTo(6, 6);
    expect(toScreen(rig.camera, view, anchor).x).toBeCloseTo(200, 3);
    expect(toScreen(rig.camera, view, anchor).y).toBeCloseTo(600, 3);
  });

  test("pans by as much as was asked, in one or several wishes", () => {
    rig.jump({ x: 0, y: 0, scale: 5000 });
    rig.panBy(90, 0, true);
    rig.step(16);
    rig.panBy(90, -30, true);
    settle(rig);
    expect(rig.camera.x).toBeCloseTo(-180 / 5000, 9);
    expect(rig.camera.y).toBeCloseTo(-30 / 5000, 9);
  });

  test("flies to a place and never zooms out for it", () => {
    rig.flyTo({ x: 0.2, y: 0.1 }, 40_000);
    settle(rig);
    expect(rig.camera).toEqual({ x: 0.2, y: 0.1, scale: 40_000 });
    rig.flyTo({ x: 0.21, y: 0.1 }, 10);
    settle(rig);
    expect(rig.camera.scale).toBe(40_000);
  });

  test("comes home from anywhere", () => {
    rig.jump({ x: 0.4, y: 0.4, scale: 80_000 });
    expect(rig.atHome).toBe(false);
    rig.home(true);
    settle(rig);
    expect(rig.camera).toEqual(rig.homeCamera);
  });

  test("takes no camera that is not one", () => {
    const before = rig.camera;
    rig.jump({ x: Number.NaN, y: 0, scale: 100 });
    rig.zoomBy(Number.NaN, { x: 0, y: 0 }, true);
    rig.jump({ x: 0, y: 0, scale: -5 });
    expect(rig.camera).toEqual(before);
  });

  test("goes to the new home with the map when it was at home, and stays put otherwise", () => {
    const other = { box, home: { minX: -0.2, minY: -0.2, maxX: 0.3, maxY: 0.1 }, maxScale: 1e6 };
    rig.setTerrain(other, 900);
    settle(rig);
    expect(rig.camera).toEqual(rig.homeCamera);
    rig.jump({ x: 0.1, y: 0.1, scale: 30_000 });
    rig.setTerrain({ box, home: box, maxScale: 1e6 }, 900);
    expect(rig.camera).toEqual({ x: 0.1, y: 0.1, scale: 30_000 });
  });
});

describe("riding along with an item", () => {
  const start = { x: 0.1, y: 0.1 };
  const end = { x: -0.3, y: 0.2 };

  function rigAt(glide: { progress: number }) {
    const rig = new CameraRig(false);
    rig.resize(view);
    rig.setTerrain({ box, home: box, maxScale: 1e6 }, 0);
    rig.jump({ x: 0.11, y: 0.09, scale: 20_000 });
    const at = () => ({
      x: start.x + (end.x - start.x) * glide.progress,
      y: start.y + (end.y - start.y) * glide.progress,
    });
    const before = toScreen(rig.camera, view, start);
    rig.follow(() => ({ at: at(), progress: glide.progress }), 10_000, start);
    return { rig, at, before };
  }

  test("keeps it where it is on screen, all the way", () => {
    const glide = { progress: 0 };
    const { rig, at, before } = rigAt(glide);
    for (glide.progress = 0.125; glide.progress <= 1; glide.progress += 0.125) {
      rig.step(16);
      const now = toScreen(rig.camera, view, at());
      expect(now.x).toBeCloseTo(before.x, 6);
      expect(now.y).toBeCloseTo(before.y, 6);
    }
    expect(rig.camera.scale).toBe(10_000);
    rig.step(16);
    expect(rig.moving).toBe(false);
  });

  test("meets it at the end where nothing glides", () => {
    const { rig, before } = rigAt({ progress: 1 });
    expect(rig.moving).toBe(false);
    const now = toScreen(rig.camera, view, end);
    expect(now.x).toBeCloseTo(before.x, 6);
    expect(now.y).toBeCloseTo(before.y, 6);
  });
});

test("a still rig jumps, a moving one takes its time", () => {
  const rigs = [new CameraRig(true), new CameraRig(false)];
  const steps = rigs.map((rig) => {
    rig.resize(view);
    rig.zoomBy(2, { x: 0, y: 0 }, true);
    return settle(rig);
  });
  expect(steps[0]).toBe(0);
  expect(steps[1]).toBeGreaterThan(5);
});

test("inertia carries on in the hand's direction, then ends", () => {
  const rig = new CameraRig(false);
  rig.resize(view);
  rig.setTerrain({ box, home: box, maxScale: 1e6 }, 0);
  rig.jump({ x: 0, y: 0, scale: 9000 });
  rig.throwBy(1.5, 0);
  settle(rig);
  expect(rig.camera.x).toBeLessThan(-0.02);
  expect(rig.camera.y).toBeCloseTo(0, 9);
  expect(rig.moving).toBe(false);
});
