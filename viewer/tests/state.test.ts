import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { readAddress, writeAddress } from "../src/address.ts";
import type { Manifest } from "../src/bundle/index.ts";
import {
  addressOf,
  applyAddress,
  clear,
  colorBy,
  createState,
  isolate,
  toggleTheme,
  type ViewState,
} from "../src/state.ts";
import { GOLDEN } from "./bundle/disk.ts";

const manifest: Manifest = JSON.parse(readFileSync(new URL("manifest.json", GOLDEN), "utf8"));

let state: ViewState;
beforeEach(() => {
  state = createState(manifest, {}, "dark");
});

describe("a link", () => {
  test("to the map's own view is empty", () => {
    expect(writeAddress(addressOf(state, manifest))).toBe("");
  });

  test("brings the same view back", () => {
    state.projection.value = "line";
    colorBy(state, "grade");
    isolate(state, 1, false);
    state.selected.value = 42;
    toggleTheme(state);
    state.camera.value = { x: -0.1234567, y: 0.25, scale: 812.5 };
    const link = writeAddress(addressOf(state, manifest));
    const address = readAddress(link);
    expect(address.camera).toEqual(state.camera.value);
    const again = createState(manifest, address, "dark");
    again.camera.value = address.camera!;
    expect(writeAddress(addressOf(again, manifest))).toBe(link);
    expect([...again.isolated.value]).toEqual([1]);
    expect(again.theme.value).toBe("light");
  });

  test("survives names with anything in them", () => {
    const address = { color: "Größe / (m)", only: ["a,b & c=d", null, "", "#~own"] };
    expect(readAddress(writeAddress(address))).toEqual(address);
  });

  test("to the items' own colours is not one to the map's choice", () => {
    colorBy(state, null);
    const address = readAddress(writeAddress(addressOf(state, manifest)));
    expect(createState(manifest, address, "dark").color.value).toBeNull();
  });

  test.each([
    "#projection=umap&color=nothing&only=none&item=9999",
    "#at=1,2&theme=blue&item=-1&images=x",
    "#at=0,0,-5",
    "#%E0%A4%A",
    "#=&&==",
  ])("that is malformed or of another map opens the map's own view: %s", (hash) => {
    const opened = createState(manifest, readAddress(hash), "dark");
    expect(addressOf(opened, manifest)).toEqual({});
    expect(readAddress(hash).camera).toBeUndefined();
  });

  test("applied later takes back what it doesn't name", () => {
    state.projection.value = "line";
    isolate(state, 1, false);
    applyAddress(state, manifest, {});
    expect(addressOf(state, manifest)).toEqual({});
  });
});

describe("isolating", () => {
  const isolated = () => [...state.isolated.value].sort();

  test("takes one, then another in its place", () => {
    isolate(state, 1, false);
    isolate(state, 2, false);
    expect(isolated()).toEqual([2]);
  });

  test("adds and takes away with Shift", () => {
    isolate(state, 1, true);
    isolate(state, 2, true);
    expect(isolated()).toEqual([1, 2]);
    isolate(state, 1, true);
    expect(isolated()).toEqual([2]);
  });

  test("what alone is isolated brings all back", () => {
    isolate(state, 1, false);
    isolate(state, 1, false);
    expect(isolated()).toEqual([]);
  });

  test("ends with another colour", () => {
    isolate(state, 1, false);
    colorBy(state, "grade");
    expect(isolated()).toEqual([]);
  });
});

test("Escape undoes one thing at a time: keys, pin, isolation", () => {
  state.keysShown.value = true;
  state.selected.value = 3;
  isolate(state, 1, false);
  clear(state);
  expect([state.keysShown.value, state.selected.value, state.isolated.value.size]).toEqual([false, 3, 1]);
  clear(state);
  expect([state.selected.value, state.isolated.value.size]).toEqual([null, 1]);
  clear(state);
  expect(state.isolated.value.size).toBe(0);
});

test("the theme follows the system until the reader chooses, and again when the choice is the system's", () => {
  state.systemTheme.value = "light";
  expect(state.theme.value).toBe("light");
  toggleTheme(state);
  expect(state.theme.value).toBe("dark");
  toggleTheme(state);
  expect(state.chosenTheme.value).toBeNull();
});
