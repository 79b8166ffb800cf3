import { describe, expect, test } from "vitest";
import { PageLayers, wantedPages } from "../../src/layers/pages.ts";

describe("page layers", () => {
  test("give up the least recently used page", () => {
    const layers = new PageLayers(3);
    for (const page of [10, 11, 12]) expect(layers.place(page).evicted).toBeNull();
    layers.touch(10);
    const { layer, evicted } = layers.place(13);
    expect(evicted).toBe(11);
    expect(layer).toBe(1);
    expect([10, 11, 12, 13].filter((page) => layers.has(page))).toEqual([10, 12, 13]);
  });

  test("never put two pages into one layer", () => {
    const layers = new PageLayers(5);
    const where = new Map<number, number>();
    for (let k = 0; k < 400; k++) {
      const page = (k * 7919) % 23;
      if (layers.has(page)) {
        layers.touch(page);
        continue;
      }
      const { layer, evicted } = layers.place(page);
      if (evicted !== null) where.delete(evicted);
      where.set(page, layer);
      expect(layer).toBeLessThan(5);
      expect(new Set(where.values()).size).toBe(where.size);
      expect(layers.size).toBe(where.size);
    }
    expect(layers.size).toBe(5);
  });

  test("take no page twice", () => {
    const layers = new PageLayers(2);
    layers.place(4);
    expect(() => layers.place(4)).toThrow("page 4 already has a layer");
  });
});

describe("wanted pages", () => {
  test("are those with most items in view, as many as there are layers", () => {
    const items = [0, 1, 2, 1024, 1025, 5000, 9000, 9001, 9002, 9003];
    expect(wantedPages(items, 1024, 3)).toEqual([8, 0, 1]);
    expect(wantedPages(items, 1024, 10)).toEqual([8, 0, 1, 4]);
    expect(wantedPages([], 1024, 3)).toEqual([]);
  });
});
