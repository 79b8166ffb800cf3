import { describe, expect, test } from "vitest";
import { flight } from "../../src/camera/flight.ts";

const view = { width: 1000, height: 700 };
const home = { x: 0, y: 0, scale: 700 };

describe("flight", () => {
  test("starts and ends exactly at its two cameras", () => {
    const to = { x: 0.3, y: -0.4, scale: 90_000 };
    const path = flight(home, to, view);
    expect(path.at(0)).toBe(home);
    expect(path.at(1)).toBe(to);
    const late = path.at(0.999999);
    expect(late.x).toBeCloseTo(to.x, 4);
    expect(late.scale / to.scale).toBeCloseTo(1, 3);
  });

  test("zooms out on its way between two near places, more for a longer way", () => {
    const from = { x: -0.4, y: 0, scale: 50_000 };
    const lowest = (x: number) => {
      const path = flight(from, { x, y: 0, scale: 50_000 }, view);
      return Math.min(...Array.from({ length: 101 }, (_, k) => path.at(k / 100).scale));
    };
    expect(lowest(-0.3)).toBeLessThan(25_000);
    expect(lowest(0.4)).toBeLessThan(lowest(-0.3) / 3);
  });

  test("is symmetric: the way back is the way there", () => {
    const from = { x: -0.2, y: 0.1, scale: 9000 };
    const to = { x: 0.3, y: 0.2, scale: 30_000 };
    const there = flight(from, to, view).at(0.3);
    const back = flight(to, from, view).at(0.7);
    expect(back.x).toBeCloseTo(there.x, 9);
    expect(back.scale / there.scale).toBeCloseTo(1, 9);
  });

  test("changes the scale exponentially when there is no way to go", () => {
    const path = flight(home, { ...home, scale: 70_000 }, view);
    expect(path.at(0.5).scale).toBeCloseTo(7000, 0);
    expect(path.at(0.5).x).toBe(0);
  });

  test("takes a bounded time", () => {
    expect(flight(home, { ...home, x: 1e-9 }, view).duration).toBeGreaterThanOrEqual(250);
    expect(flight(home, { x: 0.5, y: 0.5, scale: 1e9 }, view).duration).toBeLessThanOrEqual(2200);
  });

  test("stays finite between equal cameras", () => {
    expect(flight(home, { ...home }, view).at(0.5)).toEqual(home);
  });
});
