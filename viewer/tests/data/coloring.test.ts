import { describe, expect, test } from "vitest";
import type { CategoryColumn, NumberColumn, TimeColumn } from "../../src/bundle/index.ts";
import { OTHER_CATEGORIES } from "../../src/data/category.ts";
import {
  type CategoryColoring,
  type Coloring,
  coloringOf,
  dimMask,
  NO_CATEGORY,
  type ScaleColoring,
} from "../../src/data/coloring.ts";
import { similarityExtra, tagExtra } from "../../src/data/extras.ts";
import { categoryColor, MISSING, OTHER, rampColor, rampOf } from "../../src/data/palette.ts";
import { timeOf } from "../../src/data/times.ts";

const values = { dtype: "u8", components: 1, count: 1, parts: [] } as unknown as CategoryColumn["values"];

function category(categories: string[], counts = categories.map(() => 1), missing = 0): CategoryColumn {
  return { name: "kind", title: "Kind", kind: "category", values, categories, counts, missing };
}

const number: NumberColumn = {
  name: "n",
  title: "N",
  kind: "number",
  values,
  min: 0,
  max: 1,
  integer: false,
  missing: 1,
};

const colorAt = (rgb: Uint8Array, item: number) => Array.from(rgb.subarray(3 * item, 3 * item + 3));

describe("categories", () => {
  const column = category(["a", "b"], [2, 1], 1);
  const coloring = coloringOf(column, Uint8Array.of(0, 1, 255, 0)) as CategoryColoring;

  test("have their colours, and items without one are grey", () => {
    const rgb = coloring.paint("dark");
    expect(colorAt(rgb, 0)).toEqual([...categoryColor(0, "dark")]);
    expect(colorAt(rgb, 1)).toEqual([...categoryColor(1, "dark")]);
    expect(colorAt(rgb, 2)).toEqual([...MISSING.dark]);
  });

  test("255 is a category where codes have two bytes, and 65,535 is none", () => {
    const wide = coloringOf(
      category(Array.from({ length: 300 }, String)),
      Uint16Array.of(255, 65_535),
    ) as CategoryColoring;
    expect([wide.codeOf(0), wide.codeOf(1)]).toEqual([255, NO_CATEGORY]);
  });

  test("beyond the palette, the largest have the colours and come first", () => {
    const counts = Array.from({ length: 30 }, (_, k) => k);
    const many = coloringOf(
      category(
        counts.map((k) => `kind ${k}`),
        counts,
      ),
      Uint8Array.of(29, 0),
    ) as CategoryColoring;
    expect(many.order.slice(0, 2)).toEqual([29, 28]);
    expect(colorAt(many.paint("light"), 0)).toEqual([...categoryColor(0, "light")]);
    expect(colorAt(many.paint("light"), 1)).toEqual([...OTHER.light]);
  });

  test("that are steps of a scale take the ramp; a label's numbers, and names, don't", () => {
    const steps = category(["1", "2", "3"]);
    const first = (coloring: Coloring) => colorAt(coloring.paint("dark"), 0);
    const codes = Uint8Array.of(0);
    expect(first(coloringOf(steps, codes))).toEqual([...rampColor(0, "dark")]);
    expect(first(coloringOf(steps, codes, { role: "label" }))).toEqual([...categoryColor(0, "dark")]);
    expect(first(coloringOf(category(["1", "2", "x"]), codes))).toEqual([...categoryColor(0, "dark")]);
  });

  test("isolating the others lights those without a colour of their own, largest first", () => {
    const counts = Array.from({ length: 30 }, (_, k) => k);
    const many = coloringOf(
      category(
        counts.map((k) => `kind ${k}`),
        counts,
      ),
      Uint8Array.of(29, 9, 0, 255),
    );
    expect(Array.from(dimMask(many, new Set([OTHER_CATEGORIES]))!)).toEqual([0, 1, 1, 0]);
  });

  test("isolating dims the rest", () => {
    expect(dimMask(coloring, new Set())).toBeNull();
    expect(Array.from(dimMask(coloring, new Set([1]))!)).toEqual([0, 1, 0, 0]);
    expect(Array.from(dimMask(coloring, new Set([0, NO_CATEGORY]))!)).toEqual([1, 0, 1, 1]);
  });
});

describe("numbers", () => {
  const coloring = coloringOf(number, Float32Array.of(0, 0.5, 1, Number.NaN)) as ScaleColoring;

  test("take the ramp's colours from end to end, and NaN is grey", () => {
    const [rgb, ramp] = [coloring.paint("dark"), rampOf("dark")];
    expect(colorAt(rgb, 0)).toEqual(Array.from(ramp.subarray(0, 3)));
    expect(colorAt(rgb, 2)).toEqual(Array.from(ramp.subarray(765)));
    expect(colorAt(rgb, 3)).toEqual([...MISSING.dark]);
  });

  test("run over the ramp as the reader has them run, each step holding as many items by quantiles", () => {
    const skewed = Float32Array.from({ length: 1000 }, (_, k) => 10 ** (k / 100));
    const by = (scale: "linear" | "log" | "quantile") =>
      coloringOf(number, skewed, { scale }) as ScaleColoring;
    expect(by("linear").bins[0]).toBeGreaterThan(800);
    for (const kind of ["log", "quantile"] as const) {
      expect(by(kind).scale.kind).toBe(kind);
      for (const count of by(kind).bins) expect(Math.abs(count - 25)).toBeLessThan(14);
    }
    expect(by("quantile").bins.reduce((a, b) => a + b)).toBe(1000);
  });

  test("take another ramp, and it turned round", () => {
    const dress = { palette: "terrella", ramp: "cividis", reversed: true } as const;
    const rgb = coloring.paint("light", dress);
    expect(colorAt(rgb, 0)).toEqual([...rampColor(1, "light", { ...dress, reversed: false })]);
    expect(colorAt(rgb, 3)).toEqual([...MISSING.light]);
  });

  test("have no categories to isolate", () => {
    expect(dimMask(coloring, new Set([1]))).toBeNull();
  });
});

test("a search and tags make columns of their own", () => {
  const near = similarityExtra([3, 1], [0.5, 2], 5).make();
  expect(Array.from(near.values)).toEqual([Number.NaN, 0, Number.NaN, 1, Number.NaN]);
  const tags = tagExtra(
    [
      { name: "good", color: 3, items: Uint8Array.of(1, 1, 0) },
      { name: "odd", color: 0, items: Uint8Array.of(0, 1, 0) },
    ],
    3,
  ).make();
  const coloring = coloringOf(tags.column, tags.values, {
    role: "label",
    places: tags.places,
  }) as CategoryColoring;
  expect(coloring.colorOf(0, "dark")).toEqual(categoryColor(3, "dark"));
  expect([0, 1, 2].map(coloring.codeOf)).toEqual([0, 1, NO_CATEGORY]);
  expect([coloring.column.counts, coloring.column.missing]).toEqual([[1, 1], 1]);
});

test("times are days or seconds after their origin", () => {
  const column: TimeColumn = {
    ...number,
    kind: "time",
    origin: "2000-01-01T00:00:00Z",
    unit: "days",
    max: 7305,
  };
  const { scale, ticks } = coloringOf(column, Uint32Array.of(0, 7305, 4_294_967_295)) as ScaleColoring;
  expect(
    [scale.low, scale.high].map((time) => new Date(timeOf(time, column)).toISOString().slice(0, 10)),
  ).toEqual(["2000-01-01", "2020-01-01"]);
  expect(ticks[0]?.text).toBe("2000");
});
