import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allowed, BUDGET, dotLimit, spriteLimit } from "../../src/layers/limit.ts";

const levels = [4096, 16_384, 65_536, 70_000];
const all = Array.from({ length: 70_000 }, (_, item) => item);

describe("the sprite limit", () => {
  test.each(Object.values(BUDGET))("keeps fill and number within a budget of %o", (budget) => {
    for (const [share, size] of [
      [1, 8],
      [0.3, 12],
      [0.1, 60],
      [0.01, 256],
    ] as const) {
      const limit = spriteLimit(levels, share, size, budget);
      const inView = all.reduce((sum, item) => sum + allowed(limit, item), 0) * share;
      expect(inView * size * size).toBeLessThan(budget.fill * 1.1);
      expect(inView).toBeLessThan(budget.sprites * 1.1);
    }
  });

  test("lets all be sprites where there is room", () => {
    const limit = spriteLimit(levels, 0.01, 30, BUDGET.hardware);
    expect(all.every((item) => allowed(limit, item) === 1)).toBe(true);
  });

  test("thins out a level evenly along the display order, instead of cutting it", () => {
    const limit = spriteLimit(levels, 1, 20, { fill: 1e9, sprites: 30_000, dots: 0 });
    expect(limit.full).toBe(16_384);
    expect(limit.until).toBe(65_536);
    const shares = [20_000, 35_000, 50_000].map(
      (first) =>
        all.slice(first, first + 10_000).reduce((sum, item) => sum + allowed(limit, item), 0) / 10_000,
    );
    for (const share of shares) expect(share).toBeCloseTo(limit.fraction, 1);
  });

  test("only adds sprites as room grows", () => {
    let before = 0;
    for (let sprites = 1000; sprites < 70_000; sprites += 6900) {
      const limit = spriteLimit(levels, 1, 8, { fill: 1e9, sprites, dots: 0 });
      const now = all.reduce((sum, item) => sum + allowed(limit, item), 0);
      expect(now).toBeGreaterThan(before);
      before = now;
    }
    expect(before).toBeGreaterThan(60_000);
  });

  test("softens its edge as the shader does", () => {
    const shader = readFileSync(new URL("../../src/shaders/pictured.glsl", import.meta.url), "utf8");
    const edge = Number(/const float EDGE = ([\d.]+);/.exec(shader)?.[1]);
    const limit = { full: 0, until: 1000, fraction: 0.5 };
    const partly = all.slice(0, 1000).filter((item) => allowed(limit, item) > 0 && allowed(limit, item) < 1);
    expect(partly.length / 1000).toBeCloseTo(edge, 1);
  });
});

test("dots are all drawn where there is room, else a whole level of detail", () => {
  const levels = [4096, 16_384, 65_536, 262_144, 1_000_000];
  expect(dotLimit(levels, 200_000, 280_000)).toBe(200_000);
  expect(dotLimit(levels, 1_000_000, 280_000)).toBe(262_144);
  expect(dotLimit(levels, 1_000_000, 1_100_000)).toBe(1_000_000);
  expect(dotLimit(levels, 1_000_000, 10)).toBe(4096);
  expect(dotLimit([150], 150, 10)).toBe(150);
});
