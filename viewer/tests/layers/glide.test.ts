import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { frameOf } from "../../src/camera/frame.ts";
import { delay, frozen, gliding, progress, STAGGER } from "../../src/layers/glide.ts";
import { pointOf } from "../../src/layers/layout.ts";
import { survey } from "../../src/layers/spacing.ts";
import { Transition } from "../../src/layers/transition.ts";
import { cloud } from "./positions.ts";

const COUNT = 500;
const camera = { x: 0.1, y: -0.1, scale: 900 };
const a = cloud(COUNT, 1);
const b = { ...cloud(COUNT, 2), frame: frameOf([-700, -4, 1290, 100]) };
const c = cloud(COUNT, 3);
const items = Array.from({ length: COUNT }, (_, k) => k);

describe("progress", () => {
  test("takes every item from its start to its end, never back", () => {
    for (const item of items) {
      expect(progress(0, item)).toBe(0);
      expect(progress(1, item)).toBe(1);
      const way = Array.from({ length: 51 }, (_, k) => progress(k / 50, item));
      expect(way.every((t, k) => k === 0 || t >= (way[k - 1] as number))).toBe(true);
    }
  });

  test("spreads the items: midway some lead and some trail", () => {
    const halfway = items.map((item) => progress(0.5, item));
    expect(Math.max(...halfway) - Math.min(...halfway)).toBeGreaterThan(0.5);
    const delays = items.map(delay);
    expect(delays.reduce((sum, d) => sum + d, 0) / COUNT).toBeCloseTo(0.5, 1);
    expect(new Set(delays).size).toBe(COUNT);
  });
});

test("the shader staggers items as this code does", () => {
  const shader = readFileSync(new URL("../../src/shaders/place.glsl", import.meta.url), "utf8");
  expect(shader).toContain(`const float STAGGER = ${STAGGER};`);
  const source = delay.toString().toLowerCase();
  const numbers = [...shader.matchAll(/0x([0-9A-F]{8})u/g)].map(([, hex]) =>
    Number.parseInt(hex as string, 16),
  );
  expect(numbers).toHaveLength(2);
  for (const n of numbers)
    expect(source.includes(`0x${n.toString(16)}`) || source.includes(`${n}`)).toBe(true);
});

describe("an interrupted glide", () => {
  test("goes on from where every item is, within a step of the grid", () => {
    const still = frozen(a, b, 0.45);
    for (const item of items) {
      const before = gliding(a, b, 0.45, item);
      const after = pointOf(still, item);
      expect(Math.abs(after.x - before.x)).toBeLessThan(2 ** -23);
      expect(Math.abs(after.y - before.y)).toBeLessThan(2 ** -23);
    }
  });

  test("does not leap when the projection is changed under way", () => {
    const shown = new Transition(a, survey(a, COUNT, COUNT));
    shown.start(b, survey(b, COUNT, COUNT), true, camera);
    shown.step(400);
    const before = items.map((item) => shown.pointOf(item));
    const spacing = shown.spacingFor(camera);
    shown.start(c, survey(c, COUNT, COUNT), true, camera);
    expect(shown.spacingFor(camera)).toBeCloseTo(spacing, 12);
    for (const item of items) {
      expect(shown.pointOf(item).x).toBeCloseTo(before[item]?.x as number, 6);
      expect(shown.pointOf(item).y).toBeCloseTo(before[item]?.y as number, 6);
    }
    while (shown.moving) shown.step(16);
    expect(items.map((item) => shown.pointOf(item))).toEqual(items.map((item) => pointOf(c, item)));
  });
});

describe("a transition", () => {
  test("jumps when it is not animated", () => {
    const shown = new Transition(a, survey(a, COUNT, COUNT));
    shown.start(b, survey(b, COUNT, COUNT), false, camera);
    expect(shown.moving).toBe(false);
    expect(shown.from).toBe(b);
    expect(shown.spacingFor(camera)).toBe(survey(b, COUNT, COUNT).spacingFor(camera));
  });

  test("tells once that it has come to rest", () => {
    const shown = new Transition(a, survey(a, COUNT, COUNT));
    shown.start(b, survey(b, COUNT, COUNT), true, camera);
    expect([shown.step(600), shown.step(600), shown.step(600)]).toEqual([false, true, false]);
  });
});
