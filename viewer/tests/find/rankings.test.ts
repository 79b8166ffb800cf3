import { expect, test } from "vitest";
import { openMap } from "../../src/bundle/index.ts";
import { Heap } from "../../src/find/heap.ts";
import { planeOf, rankInPlane } from "../../src/find/plane.ts";
import { walk } from "../../src/find/walk.ts";
import { diskFetch, GOLDEN } from "../bundle/disk.ts";

const bundle = await openMap(GOLDEN, { fetch: diskFetch().fetch });

/** Numbers that look random and are the same at each run. */
function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, k) => (Math.sin(k * 12.9898) * 43_758.5453) % 1);
}

test("a heap gives its entries in order", () => {
  const heap = new Heap();
  const keys = numbers(200);
  for (const [k, key] of keys.entries()) heap.push(key, k);
  const taken = Array.from({ length: keys.length }, () => heap.pop()!);
  expect(taken.map(({ key }) => key)).toEqual(keys.toSorted((a, b) => a - b));
  expect(taken.every(({ key, value }) => keys[value] === key)).toBe(true);
  expect(heap.pop()).toBeNull();
});

test("an item's neighbours come from the part that holds it, with true distances", async () => {
  for (const item of [0, 99, 100, 199]) {
    const { items, distances } = (await bundle.neighbors(item))!;
    expect(items).toHaveLength(5);
    expect(items).not.toContain(item);
    expect(Array.from(distances)).toEqual(Array.from(distances).toSorted((a, b) => a - b));
  }
});

test("a map without a graph has no neighbours", async () => {
  const { fetch } = diskFetch((path) => {
    if (path !== "manifest.json") return undefined;
    return new TextEncoder().encode(JSON.stringify({ ...bundle.manifest, knn: null }));
  });
  const bare = await openMap(GOLDEN, { fetch });
  expect(await bare.neighbors(3)).toBeNull();
});

test("a walk begins with the true neighbours and goes on by ways that never get shorter", async () => {
  const near = (await bundle.neighbors(7))!;
  const found = await walk(async (item) => (await bundle.neighbors(item))!, 7, 60);
  expect(found.items.slice(0, 5)).toEqual(Array.from(near.items));
  expect(found.exact).toBe(5);
  expect(new Set(found.items).size).toBe(found.items.length);
  expect(found.items).not.toContain(7);
  expect(found.distances).toEqual(found.distances!.toSorted((a, b) => a - b));
});

test("a walk ends where the graph does", async () => {
  const pair = async (item: number) => ({ items: Uint32Array.of(1 - item), distances: Float32Array.of(2) });
  expect(await walk(pair, 0, 10)).toEqual({ items: [1], distances: [2], exact: 1 });
});

test.each([false, true])(
  "items ranked on the plane are those of a plain sort (farthest: %s)",
  async (farthest) => {
    const plane = await planeOf(bundle, "shapes");
    const distance = (other: number) =>
      Math.hypot(plane.x[other]! - plane.x[9]!, plane.y[other]! - plane.y[9]!);
    const others = Array.from({ length: bundle.count }, (_, k) => k).filter((k) => k !== 9 && k % 2 === 0);
    const sorted = others.sort((a, b) => (distance(a) - distance(b)) * (farthest ? -1 : 1)).slice(0, 25);
    const among = Uint8Array.from({ length: bundle.count }, (_, k) => (k % 2 === 0 ? 1 : 0));
    const found = await rankInPlane(plane, 9, 25, { among, farthest });
    expect(found.items).toEqual(sorted);
    expect(found.distances![3]).toBeCloseTo(distance(sorted[3]!), 4);
  },
);
