import { describe, expect, test } from "vitest";
import { fitScale, histogram, place, valueAt } from "../../src/data/scale.ts";
import { numberTicks, shortNumber, timeTicks } from "../../src/data/ticks.ts";

const ramp = (n: number, f: (k: number) => number) => Float32Array.from({ length: n }, (_, k) => f(k));

describe("a scale", () => {
  test("leaves out an outlier", () => {
    const values = ramp(1000, (k) => k);
    values[0] = 1e9;
    const { low, high, kind } = fitScale(values);
    expect(low).toBeGreaterThan(5);
    expect(high).toBeLessThan(1000);
    expect(kind).toBe("linear");
  });

  test("is logarithmic where positive values are very skewed", () => {
    expect(fitScale(ramp(1000, (k) => 10 ** (k / 200))).kind).toBe("log");
    expect(fitScale(ramp(1000, (k) => 10 ** (k / 200) - 2)).kind).toBe("linear");
  });

  test("is not disturbed by NaN, infinity, identical values or none", () => {
    expect(fitScale([Number.NaN, 3, Number.POSITIVE_INFINITY, 3])).toEqual({
      kind: "linear",
      low: 2.5,
      high: 3.5,
    });
    expect(fitScale([Number.NaN])).toEqual({ kind: "linear", low: 0, high: 1 });
  });

  test("spreads over the rare values where most are identical", () => {
    expect(fitScale([...ramp(1000, () => 0), 5])).toMatchObject({ low: 0, high: 5 });
  });

  test.each([
    { kind: "linear", low: 2, high: 12 } as const,
    { kind: "log", low: 1, high: 1000 } as const,
    { kind: "log", low: -20, high: 1000, knee: 0.5 } as const,
    fitScale(
      ramp(1000, (k) => k ** 3),
      "quantile",
    ),
  ])("place and value are inverse: %o", (scale) => {
    for (const t of [0, 0.25, 0.5, 1]) expect(place(scale, valueAt(scale, t))).toBeCloseTo(t);
    expect(place(scale, -1e9)).toBe(0);
    expect(place(scale, 1e9)).toBe(1);
  });

  test("of quantiles gives as many items to every stretch, and one place to many alike", () => {
    const values = ramp(4000, (k) => (k < 1000 ? 0 : 10 ** (k / 500)));
    const scale = fitScale(values, "quantile");
    const counts = histogram(values, scale, 4);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(40);
    expect(fitScale([3, 3, 3], "quantile")).toEqual({ kind: "linear", low: 2.5, high: 3.5 });
  });

  test("of powers reaches zero and below, evenly on both sides", () => {
    const scale = fitScale(
      ramp(2001, (k) => Math.sign(k - 1000) * 10 ** (Math.abs(k - 1000) / 200)),
      "log",
    );
    expect(place(scale, 0)).toBeCloseTo(0.5, 2);
    expect(place(scale, 10) + place(scale, -10)).toBeCloseTo(1, 2);
  });

  test("counts what lies within its range", () => {
    const counts = histogram([0, 0.1, 0.9, 1, 5, Number.NaN], { kind: "linear", low: 0, high: 1 }, 2);
    expect(Array.from(counts)).toEqual([2, 2]);
  });
});

describe("ticks", () => {
  test("are round numbers within the range", () => {
    const ticks = numberTicks({ kind: "linear", low: 0.03, high: 0.27 });
    expect(ticks.map(({ text }) => text)).toEqual(["0.05", "0.1", "0.15", "0.2", "0.25"]);
    expect(ticks.every(({ at }) => at >= 0 && at <= 1)).toBe(true);
  });

  test("are powers of ten on a logarithmic scale", () => {
    const ticks = numberTicks({ kind: "log", low: 1, high: 1e5 });
    expect(ticks.map(({ text }) => text)).toEqual(["1", "100", "10K"]);
  });

  test("are years over years, and days over days", () => {
    const over = (from: string, to: string) =>
      timeTicks({ kind: "linear", low: Date.parse(from), high: Date.parse(to) }).map(({ text }) => text);
    expect(over("2000-01-01", "2020-01-01")).toEqual(["2000", "2009", "2020"]);
    expect(over("2024-03-01", "2024-03-05")[1]).toMatch(/Mar.*3|3.*Mar/);
  });

  test.each([
    [12_345, "12.3K"],
    [0.25, "0.25"],
    [-3, "-3"],
    [3.4e6, "3.4M"],
  ])("write %d as %s", (value, text) => expect(shortNumber(value)).toBe(text));
});
