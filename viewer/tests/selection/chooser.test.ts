import { beforeEach, describe, expect, test } from "vitest";
import { readAddress, writeAddress } from "../../src/address.ts";
import type { Point } from "../../src/camera/camera.ts";
import { itemsOf, maskOf } from "../../src/data/mask.ts";
import { itemsWithin, type Region } from "../../src/data/region.ts";
import { layoutOf, type Outline } from "../../src/layers/layout.ts";
import { Chooser } from "../../src/selection/chooser.ts";
import { addressOf, applyAddress, clear, createState, type ViewState } from "../../src/state.ts";
import { goldenMap } from "../ui/page.ts";

const { manifest } = await goldenMap();
const count = manifest.count;
const NONE = { shift: false, ctrl: false, alt: false };
const SHIFT = { ...NONE, shift: true };
const ALT = { ...NONE, alt: true };
/** Items stand in a row, one a hundredth of the map; a screen of 100 px a map unit whose middle is the map's. */
const layout = layoutOf("row", count, (item) => ({ x: item / 100 - 0.5, y: 0 }));
const map = {
  camera: { x: 0, y: 0, scale: 1000 },
  mapOf: ({ x, y }: { x: number; y: number }) => ({ x: x / 1000 - 0.5, y: y / 1000 }),
  prepareRegions: () => undefined,
  itemsWithin: (region: Region | null) =>
    region ? itemsWithin(layout, count, count, region) : new Uint8Array(count).fill(1, 0, 5),
  boxAround: () => ({ minX: 0, minY: 0, maxX: 1, maxY: 1 }),
  inView: { minX: -0.5, minY: -0.5, maxX: -0.455, maxY: 0.5 },
  outlineOf: (points: readonly Point[]): Outline => ({
    projection: "row",
    polygon: points.map(({ x, y }) => [x, y]),
  }),
};

let state: ViewState;
let chooser: Chooser;
beforeEach(() => {
  state = createState(manifest, {}, "dark");
  chooser = new Chooser(state, map, count, () => undefined);
});

const chosen = () => (state.chosen.value ? [...itemsOf(state.chosen.value)] : null);

/** Draw through items first … last with the tool in hand. */
function draw(first: number, last: number, keys = NONE, done = true): void {
  const strokes = chooser.strokes(keys)!;
  strokes.begin({ x: first * 10 - 4, y: -9 });
  for (let x = first * 10; x <= last * 10; x += 5) strokes.extend({ x, y: -9 });
  strokes.extend({ x: last * 10 + 4, y: 9 });
  strokes.extend({ x: first * 10 - 4, y: 9 });
  if (state.selection.tool.value === "box") strokes.extend({ x: last * 10 + 4, y: 9 });
  strokes.end(done);
}

describe("a stroke", () => {
  test("chooses anew, adds with Shift, takes away with Alt, keeps what is common with both", () => {
    state.selection.tool.value = "lasso";
    draw(2, 6);
    expect(chosen()).toEqual([2, 3, 4, 5, 6]);
    draw(9, 10, SHIFT);
    expect(chosen()).toEqual([2, 3, 4, 5, 6, 9, 10]);
    draw(3, 4, ALT);
    expect(chosen()).toEqual([2, 5, 6, 9, 10]);
    draw(5, 9, { ...SHIFT, alt: true });
    expect(chosen()).toEqual([5, 6, 9]);
    draw(0, 1);
    expect(chosen()).toEqual([0, 1]);
    draw(0, 9, ALT);
    expect(chosen()).toBeNull();
  });

  test("works with the box and the brush, and by a mode without keys", () => {
    state.selection.tool.value = "box";
    draw(2, 4);
    expect(chosen()).toEqual([2, 3, 4]);
    state.selection.mode.value = "add";
    state.selection.tool.value = "brush";
    state.selection.brush.value = 12;
    const strokes = chooser.strokes(NONE)!;
    strokes.begin({ x: 70, y: 0 });
    strokes.extend({ x: 80, y: 0 });
    strokes.end(true);
    expect(chosen()).toEqual([2, 3, 4, 6, 7, 8, 9]);
  });

  test("with no tool in hand takes hold of the map, and with Shift draws all the same", () => {
    expect(chooser.strokes(NONE)).toBeNull();
    draw(1, 2, SHIFT);
    expect(chosen()).toEqual([1, 2]);
  });

  test("that is given up chooses nothing", () => {
    state.selection.tool.value = "lasso";
    draw(1, 5, NONE, false);
    expect(chosen()).toBeNull();
    expect(chooser.draft.value).toBeNull();
  });

  test("chooses only among what is lit by legend, filters and search", () => {
    state.filtered.value = maskOf([1, 3, 5], count);
    state.selection.tool.value = "box";
    draw(0, 9);
    expect(chosen()).toEqual([1, 3, 5]);
    chooser.invert();
    expect(chosen()).toBeNull();
    draw(0, 4);
    chooser.invert();
    expect(chosen()).toEqual([5]);
  });
});

describe("clicks", () => {
  const at = { x: 0, y: 0 };
  test("pin as ever without keys; with Shift they put in and take out, with Alt they take out", () => {
    expect(chooser.click(4, NONE, at)).toBe(false);
    expect(chooser.click(4, SHIFT, at)).toBe(true);
    chooser.click(7, SHIFT, at);
    expect(chosen()).toEqual([4, 7]);
    chooser.click(4, SHIFT, at);
    chooser.click(9, ALT, at);
    expect(chosen()).toEqual([7]);
    chooser.click(7, ALT, at);
    expect(chosen()).toBeNull();
  });

  test("with a tool choose one, or nothing where nothing is", () => {
    state.selection.tool.value = "lasso";
    chooser.click(4, NONE, at);
    expect(chosen()).toEqual([4]);
    chooser.click(null, NONE, at);
    expect(chosen()).toBeNull();
    state.selection.tool.value = "brush";
    state.selection.brush.value = 15;
    chooser.click(null, NONE, { x: 30, y: 0 });
    expect(chosen()).toEqual([2, 3, 4]);
  });
});

test("what is in view or lit is chosen without a pointer", () => {
  chooser.take(null, "replace");
  expect(chosen()).toEqual([0, 1, 2, 3, 4]);
  state.filtered.value = maskOf([8, 9], count);
  chooser.choosePassing();
  expect(chosen()).toEqual([8, 9]);
});

test("a link carries the selection, and another map's link is left out", () => {
  state.chosen.value = maskOf([3, 4, 5, 40], count);
  const hash = writeAddress(addressOf(state, manifest));
  const other = createState(manifest, readAddress(hash), "dark");
  expect([...itemsOf(other.chosen.value!)]).toEqual([3, 4, 5, 40]);
  const kept = other.chosen.value;
  applyAddress(other, manifest, readAddress(hash));
  expect(other.chosen.value).toBe(kept);
  for (const bad of [hash.replace("chosen=", "chosen=0"), hash.replace(/\..*/, ".%%%"), "#chosen=1"]) {
    expect(createState(manifest, readAddress(bad), "dark").chosen.value).toBeNull();
  }
});

test("Esc puts the tool away first, then lets go of what is chosen", () => {
  state.selection.tool.value = "box";
  state.chosen.value = maskOf([1], count);
  clear(state);
  expect(state.selection.tool.value).toBe("move");
  clear(state);
  expect(state.chosen.value).toBeNull();
});
