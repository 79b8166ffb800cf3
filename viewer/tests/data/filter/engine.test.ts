import { describe, expect, test } from "vitest";
import type { CategoryColumn, NumberColumn, TimeColumn } from "../../../src/bundle/index.ts";
import { NO_CATEGORY } from "../../../src/data/category.ts";
import { FilterEngine } from "../../../src/data/filter/engine.ts";
import { binned } from "../../../src/data/filter/facet.ts";
import { floatKeyFrom, floatKeys, floatKeyUntil, MISSING_KEY } from "../../../src/data/filter/keys.ts";
import {
  type Filter,
  inverted,
  MATCHES,
  type Match,
  NO_RULES,
  type Rules,
  valuesFilter,
  withFilter,
} from "../../../src/data/filter/rules.ts";

const COUNT = 5000;
const array = {} as CategoryColumn["values"];
const common = { values: array, missing: 500, min: 0, max: 1000, integer: false };
const category: CategoryColumn = {
  ...common,
  name: "kind",
  title: "Kind",
  kind: "category",
  categories: ["a", "b", "c", "d", "e"],
  counts: [900, 900, 900, 900, 900],
};
const number: NumberColumn = { ...common, name: "size", title: "Size", kind: "number", min: -1, max: 1 };
const time: TimeColumn = {
  ...common,
  name: "when",
  title: "When",
  kind: "time",
  unit: "seconds",
  origin: "2020-01-01T00:00:00Z",
};

/** Numbers that look random and are the same at each run (Park & Miller). */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function engineOf(count = COUNT) {
  const next = randoms(7);
  const kind = Uint8Array.from({ length: count }, () => (next() < 0.1 ? 255 : Math.floor(next() * 5)));
  const size = Float32Array.from({ length: count }, () => (next() < 0.1 ? Number.NaN : 2 * next() - 1));
  const when = Uint32Array.from({ length: count }, () => (next() < 0.1 ? 4_294_967_295 : next() * 1000));
  const engine = new FilterEngine(count);
  const columns = {
    kind: binned(category, kind).column,
    size: binned(number, size).column,
    when: binned(time, when).column,
  };
  for (const [name, column] of Object.entries(columns)) engine.setColumn(name, column);
  return { engine, values: { kind, size, when }, columns };
}

type Set = ReturnType<typeof engineOf>;

/** Whether an item passes one filter, said slowly. */
function passes(filter: Filter, { values }: Set, item: number): boolean {
  const value = (values as Record<string, ArrayLike<number>>)[filter.column]![item]!;
  if (filter.kind === "values") {
    const inside = filter.codes.includes(value === 255 ? NO_CATEGORY : value);
    return inside !== filter.not;
  }
  const absent = Number.isNaN(value) || value === 4_294_967_295;
  const [low, high] = filter.range ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const within = !absent && value >= (low ?? -1e30) && value <= (high ?? 1e30);
  return (within || (absent && filter.missing)) !== filter.not;
}

function slowly(rules: Rules, set: Set): number[] {
  return Array.from({ length: COUNT }, (_, item) => {
    const each = rules.filters.map((filter) => passes(filter, set, item));
    const results = {
      all: each.every(Boolean),
      any: each.some(Boolean),
      "not-all": !each.every(Boolean),
      none: !each.some(Boolean),
    };
    return results[rules.match] ? 1 : 0;
  });
}

function countSlowly(rules: Rules, set: Set, column: "kind" | "size" | "when"): number[] {
  const others = rules.filters.filter((filter) => filter.column !== column);
  const context = rules.match === "all" ? { ...rules, filters: others } : rules;
  const belongs = slowly(context, set);
  const { codes, places } = set.columns[column];
  const counts = new Array(places).fill(0);
  belongs.forEach((yes, item) => {
    counts[codes[item]!] += yes;
  });
  return counts;
}

const range = (column: string, low: number | null, high: number | null, extra: Partial<Filter> = {}) =>
  ({ kind: "range", column, range: [low, high], missing: false, not: false, ...extra }) as Filter;

/** A reader at work: brushes that move a little or far, values in and out, senses that change. */
const GESTURES: ((rules: Rules) => Rules)[] = [
  (r) => withFilter(r, "size", range("size", -0.2, 0.5)),
  (r) => withFilter(r, "size", range("size", -0.21, 0.51)),
  (r) => withFilter(r, "size", range("size", 0.52, 0.53)),
  (r) => withFilter(r, "size", range("size", null, -0.98)),
  (r) => withFilter(r, "size", range("size", 0.3, 0.1)),
  (r) => withFilter(r, "kind", valuesFilter("kind", [1, 3])),
  (r) => withFilter(r, "size", range("size", 0.211, null, { missing: true })),
  (r) => withFilter(r, "kind", valuesFilter("kind", [1, NO_CATEGORY], true)),
  (r) => withFilter(r, "when", range("when", null, 640, { not: true })),
  (r) => withFilter(r, "when", range("when", null, 645, { not: true })),
  (r) => withFilter(r, "kind", null),
  (r) => withFilter(r, "when", { kind: "range", column: "when", range: null, missing: true, not: false }),
  (r) => withFilter(r, "kind", valuesFilter("kind", [0, 1, 2, 3, 4])),
  (r) => withFilter(r, "size", null),
];

describe.each(MATCHES)("filters that compose by %s", (match: Match) => {
  test.each([
    ["as they are", false],
    ["in order", true],
  ])("with columns %s, keep and count what a slow reading does, gesture by gesture", (_, ordered) => {
    const set = engineOf();
    let rules: Rules = NO_RULES;
    for (const gesture of GESTURES) {
      rules = { ...gesture(rules), match };
      set.engine.apply(rules);
      while (ordered && set.engine.prepare());
      const passing = slowly(rules, set);
      expect(Array.from(set.engine.mask()!)).toEqual(passing);
      expect(set.engine.matching).toBe(passing.reduce((a, b) => a + b));
      for (const column of ["kind", "size", "when"] as const)
        expect(Array.from(set.engine.counts(column))).toEqual(countSlowly(rules, set, column));
    }
    set.engine.apply(NO_RULES);
    expect(set.engine.mask()).toBeNull();
    expect(set.engine.counts("kind").reduce((a, b) => a + b)).toBe(COUNT);
  });
});

test("keys sort as their numbers do, and bounds between two numbers fall on the right one", () => {
  const numbers = Float32Array.of(-1e30, -2.5, -1e-40, -0, 0, 1e-40, 0.1, 3, 1e30, Number.NaN);
  const keys = floatKeys(numbers);
  for (let k = 1; k < numbers.length; k++)
    expect(keys[k]! - keys[k - 1]!).toBeGreaterThanOrEqual(numbers[k] === numbers[k - 1] ? 0 : 1);
  expect(keys[9]).toBe(MISSING_KEY);
  expect([floatKeyFrom(0), floatKeyUntil(-0)]).toEqual([keys[4], keys[4]]);
  expect(floatKeyFrom(0.1)).toBe(keys[6]); // as a single, 0.1 is a little more than 0.1
  expect(floatKeyUntil(0.1)).toBe(keys[6]! - 1);
});

test("a facet's own filter does not empty its other bars", () => {
  const { engine, values } = engineOf();
  engine.apply(withFilter(NO_RULES, "kind", valuesFilter("kind", [2])));
  expect(engine.counts("kind")[1]).toBe(values.kind.filter((code) => code === 1).length);
  expect(engine.counts("size").reduce((a, b) => a + b)).toBe(values.kind.filter((code) => code === 2).length);
});

test("more columns than an engine's word has bits are not filtered at once", () => {
  let rules = NO_RULES;
  for (let k = 0; k < 40; k++) rules = withFilter(rules, `c${k}`, valuesFilter(`c${k}`, [1]));
  expect(rules.filters).toHaveLength(31);
  const engine = new FilterEngine(3);
  const { column } = binned(category, Uint8Array.of(0, 1, 2));
  for (let k = 0; k < 31; k++) engine.setColumn(`c${k}`, column);
  engine.apply(rules);
  expect(Array.from(engine.mask()!)).toEqual([0, 1, 0]);
});

test("a filter that keeps everything is none, and the last one takes the sense along", () => {
  const some = withFilter({ ...NO_RULES, match: "any" }, "kind", valuesFilter("kind", [1]));
  expect(some.match).toBe("any");
  expect(withFilter(some, "kind", valuesFilter("kind", []))).toEqual(NO_RULES);
  expect(withFilter(NO_RULES, "size", range("size", null, null, { missing: true }))).toEqual(NO_RULES);
  expect(inverted(inverted("any"))).toBe("any");
});
