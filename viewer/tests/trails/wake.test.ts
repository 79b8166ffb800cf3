import { expect, test } from "vitest";
import { LASTS_MS, strength, Wake } from "../../src/trails/wake.ts";

test("a wake grows while items move, and not while they rest", () => {
  const wake = new Wake();
  wake.add(0, Float32Array.of(0, 0));
  wake.add(20, Float32Array.of(1, 0));
  wake.add(40, Float32Array.of(1, 0));
  expect(wake.moments.map(({ time }) => time)).toEqual([0, 20]);
});

test("it fades, and is gone after a while", () => {
  const wake = new Wake();
  wake.add(0, Float32Array.of(0, 0));
  wake.add(20, Float32Array.of(1, 0));
  expect(wake.age(100)).toBe(true);
  expect(strength(100, 20)).toBeLessThan(strength(20, 20));
  expect(wake.age(LASTS_MS + 50)).toBe(false);
  expect(wake.moments).toEqual([]);
});

test("other items start anew", () => {
  const wake = new Wake();
  wake.add(0, Float32Array.of(0, 0));
  wake.add(20, Float32Array.of(1, 0, 2, 2));
  expect(wake.moments).toHaveLength(1);
});
