import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readAddress, writeAddress } from "../../src/address.ts";
import type { Manifest } from "../../src/bundle/index.ts";
import { boxOfMost } from "../../src/compare/link.ts";
import { layoutsOf, otherThan } from "../../src/compare/place.ts";
import { chartOf, fromChart, onChart } from "../../src/minimap/picture.ts";
import { addressOf, createState, showSequence, toggleBeside } from "../../src/state.ts";
import { GOLDEN } from "../bundle/disk.ts";

const manifest: Manifest = JSON.parse(readFileSync(new URL("manifest.json", GOLDEN), "utf8"));

describe("a second map", () => {
  test("may show every projection and every frame", () => {
    const names = layoutsOf(manifest).map(({ name }) => name);
    expect(names).toEqual(["shapes", "line", ...[0, 1, 2, 3, 4].map((k) => `unrolling@${k}`)]);
  });

  test("shows at first another projection, or the sequence's end", () => {
    expect(otherThan(manifest, "shapes", null)).toBe("line");
    expect(otherThan(manifest, "line", null)).toBe("shapes");
    expect(otherThan(manifest, "line", "unrolling")).toBe("unrolling@4");
    const alone = { ...manifest, projections: [manifest.projections[0]], sequences: [] } as Manifest;
    expect(otherThan(alone, "shapes", null)).toBeNull();
  });

  test("travels in a link, as the sequence beside it does", () => {
    const state = createState(manifest, {}, "dark");
    showSequence(state, "unrolling");
    state.timeline.frame.value = 2;
    toggleBeside(manifest, state);
    state.compare.linked.value = false;
    state.minimap.value = false;
    const link = writeAddress(addressOf(state, manifest));
    expect(link).toBe("#sequence=unrolling&frame=2&beside=unrolling@4&apart=1&minimap=0");
    const again = createState(manifest, readAddress(link), "dark");
    expect(writeAddress(addressOf(again, manifest))).toBe(link);
    expect(again.timeline.at.value).toBe(2);
  });

  test.each([
    "#sequence=nothing&frame=3",
    "#frame=2",
    "#beside=nothing",
    "#sequence=&frame=-1&beside=unrolling@99&minimap=7",
  ])("a link to what the map lacks opens its own view: %s", (hash) => {
    expect(addressOf(createState(manifest, readAddress(hash), "dark"), manifest)).toEqual({});
  });

  test("a frame beyond the end is the last", () => {
    const state = createState(manifest, readAddress("#sequence=unrolling&frame=99"), "dark");
    expect(state.timeline.at.value).toBe(4);
  });
});

test("the box of most places leaves out those far off", () => {
  const places = Array.from({ length: 100 }, (_, k) => ({ x: k / 1000, y: 0 }));
  places[50] = { x: 9, y: 9 };
  const box = boxOfMost(places)!;
  expect(box.maxX).toBeLessThan(0.2);
  expect(box.minX).toBeGreaterThan(-0.1);
  expect(box.maxY).toBeLessThan(0.1);
  expect(boxOfMost([])).toBeNull();
  const one = boxOfMost([{ x: 0.1, y: 0.2 }])!;
  expect(one.maxX).toBeGreaterThan(one.minX);
});

test("the overview keeps proportions, and its places lead back", () => {
  const chart = chartOf({ minX: -0.5, minY: -0.25, maxX: 0.5, maxY: 0.25 }, { width: 168, height: 124 });
  expect(chart.width).toBe(168);
  expect(chart.height).toBeLessThan(100);
  const point = { x: 0.2, y: -0.1 };
  const back = fromChart(chart, onChart(chart, point));
  expect(back.x).toBeCloseTo(point.x, 10);
  expect(back.y).toBeCloseTo(point.y, 10);
});
