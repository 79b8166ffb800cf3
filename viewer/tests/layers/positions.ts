import { frameOf } from "../../src/camera/frame.ts";
import type { Layout } from "../../src/layers/layout.ts";

/** A small seeded generator (mulberry32), so that every run draws the same numbers. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A layout over a square extent from points in 0 … 1. */
export function layoutFrom(points: readonly (readonly [number, number])[], name = "points"): Layout {
  const cells = new Uint16Array(points.length * 2);
  const fine = new Uint8Array(points.length * 2);
  points.flat().forEach((value, k) => {
    const step = Math.min(Math.floor(value * 2 ** 24), 2 ** 24 - 1);
    cells[k] = step >> 8;
    fine[k] = step & 255;
  });
  return { name, frame: frameOf([0, 0, 1, 1]), cells, fine };
}

export function cloud(count: number, seed: number): Layout {
  const next = random(seed);
  return layoutFrom(Array.from({ length: count }, () => [next(), next()] as const));
}
