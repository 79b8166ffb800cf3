import { beforeEach, expect, test } from "vitest";
import type { Topic } from "../../src/bundle/index.ts";
import { isLit, isPicked, isTopicLit, pickName } from "../../src/labels/pick.ts";
import type { ViewState } from "../../src/state.ts";
import { goldenMap } from "../ui/page.ts";

const { manifest } = await goldenMap();
const names = manifest.columns.filter(({ kind }) => kind === "category").map(({ name }) => name);
const [broad, fine] = names as [string, string];
let state: ViewState;
beforeEach(async () => {
  state = (await goldenMap()).state;
  state.color.value = null;
});

const kept = () => state.filters.rules.value.filters.map(({ column, ...filter }) => [column, filter]);

test("a name keeps what it names, a second time brings all back, and adding keeps both", () => {
  const levels = [broad, fine];
  pickName(state, { column: broad, code: 1 }, levels, false);
  expect(kept()).toEqual([[broad, { kind: "values", codes: [1], not: false }]]);
  expect(isPicked(state, { column: broad, code: 1 })).toBe(true);
  expect(isLit(state, { column: broad, code: 0 })).toBe(false);
  pickName(state, { column: broad, code: 0 }, levels, true);
  expect(kept()).toEqual([[broad, { kind: "values", codes: [0, 1], not: false }]]);
  pickName(state, { column: broad, code: 0 }, levels, false);
  pickName(state, { column: broad, code: 0 }, levels, false);
  expect(kept()).toEqual([]);
});

test("a name of another level takes the place of the one before", () => {
  pickName(state, { column: broad, code: 1 }, [broad, fine], false);
  pickName(state, { column: fine, code: 0 }, [broad, fine], false);
  expect(kept()).toEqual([[fine, { kind: "values", codes: [0], not: false }]]);
});

test("a topic is lit with those that hold it and one that it holds", () => {
  const topic = (id: number, parent: number | null) => ({ id, parent }) as Topic;
  const topics = [topic(0, null), topic(1, null), topic(2, 0), topic(3, 0), topic(4, 1)];
  const lit = (dim: number[]) =>
    topics.filter((one) => isTopicLit(one, topics, ({ id }) => !dim.includes(id))).map(({ id }) => id);
  expect(lit([])).toEqual([0, 1, 2, 3, 4]);
  expect(lit([1])).toEqual([0, 2, 3]);
  expect(lit([2, 4])).toEqual([0, 3]);
});
