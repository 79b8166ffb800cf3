import { describe, expect, test } from "vitest";
import type { Topic } from "../../src/bundle/index.ts";
import { codeOnLevel, topicName } from "../../src/labels/names.ts";
import { topicLabels } from "../../src/labels/topics.ts";

const topic = (id: number, depth: number, parent: number | null, more: Partial<Topic> = {}): Topic => ({
  id,
  depth,
  parent,
  name: `topic ${id}`,
  words: [],
  named_by: "words",
  count: 100 - id,
  x: 0,
  y: 0,
  zoom: [1, null],
  examples: [],
  ...more,
});

const frame = { left: 0, bottom: -10, width: 40, height: 20, side: 40 };
const widths = [4, 4, 4, 4, 4, 4];

test("a name stands at its place in map space, from its magnification on", () => {
  const topics = [topic(0, 1, null, { x: 30, y: 5 }), topic(1, 2, 0, { x: 10, y: -5, zoom: [2.5, 9] })];
  const [first, second] = topicLabels(topics, frame, widths, 800);
  expect([first!.x, first!.y, first!.from]).toEqual([0.25, 0.125, 0]);
  expect([second!.x, second!.y]).toEqual([-0.25, -0.125]);
  expect([second!.from, second!.to]).toEqual([2000, 7200]);
});

test("a part waits for room until the name of the whole goes", () => {
  const topics = [topic(0, 1, null, { x: 20, zoom: [1, 3] }), topic(1, 2, 0, { x: 20, zoom: [1.5, null] })];
  const labels = topicLabels(topics, frame, widths, 100);
  expect(labels.map(({ code, from, to }) => [code, from, to])).toEqual([
    [0, 0, 300],
    [1, 300, Number.POSITIVE_INFINITY],
  ]);
});

test("a name that never has room is left out, and so is one that says its parent's again", () => {
  const topics = [
    topic(0, 1, null, { x: 20 }),
    topic(1, 2, 0, { x: 20 }),
    topic(2, 2, 0, { x: 35, name: "topic 0" }),
  ];
  expect(topicLabels(topics, frame, widths, 100).map(({ code }) => code)).toEqual([0]);
});

test("coarse names come first and are larger", () => {
  const topics = [topic(0, 1, null), topic(1, 2, 0, { x: 30, count: 5000 })];
  const labels = topicLabels(topics, frame, widths, 100);
  expect(labels.map(({ code }) => code)).toEqual([0, 1]);
});

describe("a topic's place among those of a level", () => {
  const topics = [
    topic(0, 1, null),
    topic(1, 1, null),
    topic(2, 2, 0),
    topic(3, 2, 1),
    topic(4, 2, 1),
    topic(5, 3, 4),
  ];
  test.each([
    [1, 1, 1],
    [4, 2, 2],
    [4, 1, 1],
    [5, 1, 1],
    [5, 2, 2],
    [5, 3, 0],
    [1, 2, null],
  ])("topic %i on level %i", (id, level, place) => {
    expect(codeOnLevel(topics, topics[id]!, level)).toBe(place);
  });
});

test("a name keeps the terms that there is room for", () => {
  expect(topicName("Delayed, hotel, airport")).toBe("Delayed, hotel, airport");
  expect(topicName("Inflight entertainment, Bangkok, Manchester")).toBe("Inflight entertainment");
  expect(topicName("Premium economy class, served, chicken")).toBe("Premium economy class");
  expect(topicName("Donaudampfschifffahrtsgesellschaft, water")).toBe("Donaudampfschifffahrtsgesel…");
});
