import { expect, test } from "vitest";
import { type Bars, chartOf, type Points } from "../../src/sql/chart.ts";
import type { ColumnType } from "../../src/sql/server.ts";

const answer = (columns: Record<string, ColumnType>, rows: unknown[][]) => ({
  columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  rows,
});

test("names and numbers are bars, the longest of full length", () => {
  const rows = [
    ["cat", 4, 0.5],
    [null, -8, 0.1],
    ["dog", 2, 0.2],
  ];
  const chart = chartOf(answer({ kind: "string", items: "integer", share: "number" }, rows)) as Bars;
  expect(chart).toMatchObject({ kind: "bars", x: "kind", y: "items", left: 0 });
  expect(chart.bars).toEqual([
    { name: "cat", value: 4, length: 0.5 },
    { name: "—", value: -8, length: 1 },
    { name: "dog", value: 2, length: 0.25 },
  ]);
});

test("a bar without a number is left out, and not all of very many are drawn", () => {
  const rows = Array.from({ length: 100 }, (_, k) => [`n${k}`, k === 3 ? null : k]);
  const chart = chartOf(answer({ name: "string", n: "integer" }, rows)) as Bars;
  expect(chart.bars.length + chart.left).toBe(99);
  expect(chart.left).toBeGreaterThan(0);
  expect(chart.bars.map(({ name }) => name)).not.toContain("n3");
});

test("time gives a line in its order, from the earliest to the latest", () => {
  const rows = [
    ["2026-01-03T00:00:00+00:00", 5],
    ["2026-01-01T00:00:00+00:00", 1],
    ["2026-01-02T00:00:00+00:00", 3],
  ];
  const chart = chartOf(answer({ day: "time", n: "integer" }, rows)) as Points;
  expect(chart).toMatchObject({ kind: "line", x: "day", y: "n", yEnds: [1, 5] });
  expect(chart.points).toEqual([
    [0, 0],
    [0.5, 0.5],
    [1, 1],
  ]);
  expect(chart.xEnds).toEqual([rows[1]![0], rows[0]![0]]);
});

test("whole numbers that no two rows share are names", () => {
  const chart = chartOf(
    answer({ digit: "integer", items: "integer" }, [
      [3, 5],
      [4, 10],
    ]),
  ) as Bars;
  expect(chart.bars.map(({ name }) => name)).toEqual(["3", "4"]);
});

test("two numbers are dots, whole ones beyond 2⁵³ too", () => {
  const chart = chartOf(
    answer({ a: "number", b: "number" }, [
      ["9007199254740993", 1],
      [0, 3],
    ]),
  ) as Points;
  expect(chart.kind).toBe("dots");
  expect(chart.points).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test("one number is counted in equal steps that hold every row", () => {
  const rows = Array.from({ length: 500 }, (_, k) => [k % 50]);
  const chart = chartOf(answer({ stars: "integer" }, rows)) as Bars;
  expect(chart.y).toBe("rows");
  expect(chart.bars.reduce((sum, { value }) => sum + value, 0)).toBe(500);
});

test("equal numbers are counted, too", () => {
  const chart = chartOf(answer({ stars: "integer" }, [[7], [7], [7]])) as Bars;
  expect(chart.bars.reduce((sum, { value }) => sum + value, 0)).toBe(3);
});

test("the rows' own numbers are no axis, and without numbers there is nothing to draw", () => {
  expect(chartOf(answer({ _row: "integer", kind: "string" }, [[1, "a"]]))).toBeNull();
  expect(chartOf(answer({ kind: "string" }, [["a"]]))).toBeNull();
  expect(chartOf(answer({ kind: "string", n: "integer" }, []))).toBeNull();
  expect(chartOf(answer({ when: "time", n: "integer" }, [[null, 1]]))).toBeNull();
});
