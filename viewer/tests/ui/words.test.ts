import { describe, expect, test } from "vitest";
import { MapError } from "../../src/bundle/index.ts";
import type { CategoryColoring } from "../../src/data/coloring.ts";
import { clearOfTitle } from "../../src/ui/clear.ts";
import { adviceOn } from "../../src/ui/Problem.tsx";
import { around, beside } from "../../src/ui/place.ts";
import { summaryOf } from "../../src/ui/summary.ts";

describe("advice", () => {
  const at = "http://127.0.0.1:8000/map/manifest.json";
  test.each([
    [new MapError({ kind: "not-found", url: at }), "no map here", "Check the address"],
    [new MapError({ kind: "not-found", url: "http://h/map/a.u16" }), "has changed", "again"],
    [new MapError({ kind: "offline", url: at }), "can’t be reached", "terrella serve"],
    [new MapError({ kind: "refused", url: at, status: 401 }), "refused", "token"],
    [new MapError({ kind: "bad-version", format: "terrella-map", version: 2 }), "version", "Update Terrella"],
    [
      new MapError({ kind: "bad-version", format: "terrella-map", version: 0 }),
      "version",
      "Make the map again",
    ],
    [new MapError({ kind: "damaged", url: at, detail: "it is not JSON" }), "damaged", "Make the map again"],
    [Object.assign(new Error("none"), { name: "UnsupportedError" }), "can’t draw", "hardware acceleration"],
    [new Error("boom"), "stopped", "report"],
  ])("on %s", (error, title, next) => {
    const advice = adviceOn(error);
    expect(advice.title).toContain(title);
    expect(advice.next).toContain(next);
    expect(advice.what).not.toBe("");
  });
});

describe("a card", () => {
  const card = { width: 200, height: 150 };
  const view = { width: 1000, height: 700 };
  const covers = (place: { left: number; top: number }, { x, y }: { x: number; y: number }) =>
    x >= place.left && x <= place.left + card.width && y >= place.top && y <= place.top + card.height;

  test("stands to the right, and to the left at the right edge", () => {
    expect(beside(around({ x: 100, y: 300 }), card, view).left).toBeGreaterThan(100);
    expect(beside(around({ x: 950, y: 300 }), card, view).left).toBeLessThan(950 - card.width);
  });

  test("never leaves the window and never covers its point", () => {
    for (let x = 0; x <= view.width; x += 50) {
      for (let y = 0; y <= view.height; y += 50) {
        const place = beside(around({ x, y }), card, view);
        expect(covers(place, { x, y })).toBe(false);
        expect(place.left).toBeGreaterThanOrEqual(0);
        expect(place.top).toBeGreaterThanOrEqual(0);
        expect(place.left + card.width).toBeLessThanOrEqual(view.width);
        expect(place.top + card.height).toBeLessThanOrEqual(view.height);
      }
    }
  });

  test("goes below on a screen with room at neither side", () => {
    const place = beside(around({ x: 150, y: 200 }), card, { width: 300, height: 700 });
    expect(place.top).toBeGreaterThan(200);
  });
});

describe("the summary", () => {
  const coloring = {
    kind: "category",
    title: "digit",
    column: { categories: ["0", "1", "2", "3"] },
    codeOf: (item: number) => item % 4,
  } as unknown as CategoryColoring;

  test.each([
    [[], "Nothing in view."],
    [[0, 4, 1], "3 of 9 items in view. By digit: 0 (67 %), 1 (33 %)."],
    [[0, 4, 1, 2, 3], "5 of 9 items in view. By digit: mostly 0 (40 %), 1 (20 %), 2 (20 %)."],
    [[0, 1, 2, 3, 4, 5, 6, 7, 8], "All 9 items in view."],
  ])("of %j", (inView, text) => expect(summaryOf(9, inView, 100, coloring)).toBe(text));

  test("says where it stopped counting", () => {
    expect(summaryOf(9, [0, 1, 2], 3, coloring)).toBe("More than 3 of 9 items in view.");
  });
});

describe("room for the map", () => {
  const margin = 16;
  test("a roomy window shows it in its middle", () => {
    expect(clearOfTitle(292, 292, 225, 1440, 900, margin)).toEqual({ left: 292, top: 16 });
  });

  test.each([
    ["a small window", 1000, 684, { left: 292, top: 16 }],
    ["a square one", 860, 684, { left: 0, top: 241 }],
    ["a tablet", 820, 1164, { left: 0, top: 241 }],
    ["a drawer leaves a low strip", 1000, 420, { left: 292, top: 16 }],
  ])("%s keeps it clear of title and search where it is larger", (_, width, height, expected) => {
    expect(clearOfTitle(292, 292, 225, width, height, margin)).toEqual(expected);
  });
});
