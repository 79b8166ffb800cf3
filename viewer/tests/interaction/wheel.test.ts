import { describe, expect, test } from "vitest";
import { wheelFactor } from "../../src/interaction/wheel.ts";

const wheel = (deltaY: number, deltaMode = 0, ctrlKey = false) => wheelFactor({ deltaY, deltaMode, ctrlKey });

describe("the wheel", () => {
  test("zooms in when turned away, out when turned back, and a turn each way cancels out", () => {
    expect(wheel(-100)).toBeGreaterThan(1.15);
    expect(wheel(-100)).toBeLessThan(1.3);
    expect(wheel(-100) * wheel(100)).toBeCloseTo(1);
  });

  test("understands lines and pages", () => {
    expect(wheel(-3, 1)).toBeGreaterThan(1.1);
    expect(wheel(-3, 1)).toBeLessThan(1.3);
    expect(wheel(-1, 2)).toBeGreaterThan(1.5);
  });

  test("follows a trackpad's pinch closely, and a notch with Ctrl held like any other", () => {
    expect(wheel(-4, 0, true)).toBeGreaterThan(wheel(-4));
    expect(wheel(-100, 0, true)).toBe(wheel(-100));
  });

  test("bounds what one event can do", () => {
    expect(wheel(-1e9)).toBeLessThan(3);
    expect(wheel(1e9)).toBeGreaterThan(0.3);
  });
});
