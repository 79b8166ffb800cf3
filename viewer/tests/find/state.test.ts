import { describe, expect, test } from "vitest";
import { readAddress, writeAddress } from "../../src/address.ts";
import { openMap } from "../../src/bundle/index.ts";
import { neighborResult } from "../../src/find/results.ts";
import { readKin, writeKin } from "../../src/state/kin.ts";
import type { SearchResults } from "../../src/state/search.ts";
import { addressOf, applyAddress, clear, createState } from "../../src/state.ts";
import { diskFetch, GOLDEN } from "../bundle/disk.ts";

const { manifest } = await openMap(GOLDEN, { fetch: diskFetch().fetch });

describe("an address carries", () => {
  test.each([
    "#find=%2Fa%7Cb%2Fi",
    "#find=x+%26+y",
    "#like=7&reach=20",
    "#words=good+coffee",
    "#vector=0.5,-2,3e-7",
    "#item=3&kin=farthest.5",
    "#item=3&kin=random.2.4",
  ])("%s, there and back", (hash) => {
    const state = createState(manifest, readAddress(hash), "dark");
    const again = createState(manifest, readAddress(writeAddress(addressOf(state, manifest))), "dark");
    expect(again.search.query.value).toEqual(state.search.query.value);
    expect(again.search.reach.value).toBe(state.search.reach.value);
    expect(again.kin.choice.value).toEqual(state.kin.choice.value);
    expect(state.search.query.value !== null || state.selected.value === 3).toBe(true);
  });

  test.each(["#like=900000", "#like=x", "#vector=hello", "#reach=0", "#kin=nobody.99"])(
    "nothing of what this map does not have: %s",
    (hash) => {
      const state = createState(manifest, readAddress(hash), "dark");
      expect(writeAddress(addressOf(state, manifest))).toBe("");
    },
  );
});

test("a map without neighbours shows those in the plane", () => {
  const bare = { ...manifest, knn: null };
  expect(readKin(undefined, bare).relation).toBe("map");
  expect(writeKin(readKin(undefined, bare), bare)).toBeUndefined();
});

test("going back to an address takes the search back", () => {
  const state = createState(manifest, readAddress("#find=a"), "dark");
  applyAddress(state, manifest, readAddress(""));
  expect(state.search.query.value).toBeNull();
});

test("Escape takes back the pin before the search", () => {
  const state = createState(manifest, readAddress("#find=a&item=3"), "dark");
  clear(state);
  expect([state.selected.value, state.search.query.value]).toEqual([null, { by: "text", text: "a" }]);
  clear(state);
  expect(state.search.query.value).toBeNull();
});

test("results are gone through round the end", () => {
  const results = { items: Uint32Array.of(4, 8, 2) } as unknown as SearchResults;
  expect(neighborResult(results, null, 1)).toBe(4);
  expect(neighborResult(results, null, -1)).toBe(2);
  expect(neighborResult(results, 2, 1)).toBe(4);
  expect(neighborResult(results, 4, -1)).toBe(2);
  expect(neighborResult(null, 4, 1)).toBeNull();
});
