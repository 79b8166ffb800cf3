import { describe, expect, test } from "vitest";
import type { NumberColumn } from "../../../src/bundle/index.ts";
import { dragged, gripAt, rangeOf, stretchOf } from "../../../src/data/filter/brush.ts";
import { binned } from "../../../src/data/filter/facet.ts";
import type { Scale } from "../../../src/data/scale.ts";
import { boundText, keptBy, readBound } from "../../../src/ui/filters/words.ts";

const scale: Scale = { kind: "linear", low: 0, high: 10 };
const number: NumberColumn = {
  name: "n",
  title: "N",
  kind: "number",
  values: {} as NumberColumn["values"],
  min: 0,
  max: 10,
  integer: false,
  missing: 0,
};
const time = {
  ...number,
  kind: "time" as const,
  unit: "days" as const,
  origin: "2015-01-01T00:00:00Z",
};

describe("a brush", () => {
  test("takes hold of an end, the middle, or starts anew", () => {
    expect([0.19, 0.5, 0.81, 0.95].map((at) => gripAt([0.2, 0.8], at, 0.03))).toEqual([
      "low",
      "middle",
      "high",
      "new",
    ]);
    expect(gripAt(null, 0.5, 0.03)).toBe("new");
  });

  test("draws both ways, lets ends cross, and keeps its width at the axis's end", () => {
    expect(dragged(null, "new", 0.6, 0.2)).toEqual([0.2, 0.6]);
    expect(dragged([0.2, 0.4], "low", 0.2, 0.9)).toEqual([0.4, 0.9]);
    expect(dragged([0.2, 0.4], "middle", 0.3, 2)).toEqual([0.8, 1]);
  });

  test("has round bounds, open where it reaches an end", () => {
    expect(rangeOf([0.12345, 1], scale, number)).toEqual([1.2, null]);
    expect(rangeOf([0, 0.5], scale, { ...number, integer: true })).toEqual([null, 5]);
    expect(stretchOf([null, 5], scale)).toEqual([0, 0.5]);
    expect(rangeOf([0.2, 0.4], { kind: "log", low: 1e-9, high: 1e-3 }, number)[0]).toBeCloseTo(1.6e-8, 9);
  });
});

describe("a facet", () => {
  test("of few whole numbers has a bar for each, of many bars of one whole width", () => {
    const whole = { ...number, integer: true };
    const few = binned(
      whole,
      Float32Array.from({ length: 110 }, (_, k) => k % 11),
    ).facet;
    expect(Array.from(few.total)).toEqual([...new Array(11).fill(10), 0]);
    const many = binned(
      { ...whole, max: 999 },
      Float32Array.from({ length: 5000 }, (_, k) => k % 1000),
    ).facet;
    const inner = Array.from(many.total).slice(1, -2);
    expect(new Set(inner).size).toBe(1);
  });

  test("loses no outlier and counts what has no value apart", () => {
    const values = Float32Array.from({ length: 1000 }, (_, k) =>
      k < 10 ? Number.NaN : k === 10 ? 1e9 : k / 100,
    );
    const { total } = binned(number, values).facet;
    expect(total.reduce((a, b) => a + b)).toBe(1000);
    expect(total.at(-1)).toBe(10);
  });
});

describe("words", () => {
  const filter = { kind: "range" as const, column: "n", missing: false, not: false };
  test.each([
    [{ ...filter, range: [3, 7] as const }, "3 – 7"],
    [{ ...filter, range: [null, 7] as const, not: true }, "not ≤ 7"],
    [{ ...filter, range: [3, null] as const, missing: true }, "≥ 3 or no value"],
    [{ ...filter, range: null, missing: true }, "no value"],
    [{ ...filter, range: [null, null] as const }, "any value"],
  ])("for %o", (some, words) => expect(keptBy(some, number)).toBe(words));

  test.each(["2015-02-03", "2015-02-03 00:00", "2015-02-03T00:00:00Z"])("read a day: %s", (text) => {
    expect(readBound(text, time)).toBe(33);
    expect(boundText(33, time)).toBe("2015-02-03");
  });

  test("refuse what is no number, and take thousands", () => {
    expect([readBound("about 3", number), readBound("12,500", number), readBound(" ", number)]).toEqual([
      undefined,
      12_500,
      null,
    ]);
  });
});
