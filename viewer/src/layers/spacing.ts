/** What a layout's positions say about scale: how far apart neighbours are, and where nearly all items lie. */

import type { Box } from "../camera/camera.ts";
import { stepsToMap } from "../camera/frame.ts";
import type { Layout } from "./layout.ts";

/** Coarse counts of a layout's items. */
export interface Survey {
  /** Typical distance between neighbours, map units: 1 / √density where the average item is. */
  readonly spacing: number;
  /** The box that home shows: the whole extent, less a few stray items far outside the rest. */
  readonly box: Box;
}

/** Items left out at each end of an axis when strays are looked for. */
const STRAYS = 0.0005;
/** The box without strays is used once it is this much smaller. */
const WORTHWHILE = 0.8;

/** Survey the first `sample` items of a layout (a spatially even sample of its `count`). */
export function survey(layout: Layout, sample: number, count: number): Survey {
  return { spacing: spacingOf(layout, sample, count), box: coreBox(layout, sample) };
}

/**
 * Estimate the typical spacing from counts c on a grid: pairs that share a cell, Σ c (c − 1), measure density
 * weighted by where items are, and without the bias that an item's own presence would bring.
 */
function spacingOf({ cells, frame }: Layout, sample: number, count: number): number {
  const grid = Math.min(Math.max(Math.round(Math.sqrt(sample) / 2), 4), 512);
  const counts = new Uint32Array(grid * grid);
  for (let i = 0; i < sample; i++) {
    const column = ((cells[2 * i] as number) * grid) >>> 16;
    const row = ((cells[2 * i + 1] as number) * grid) >>> 16;
    (counts[row * grid + column] as number)++;
  }
  let pairs = 0;
  for (const c of counts) pairs += c * (c - 1);
  const area = (frame.width / frame.side) * (frame.height / frame.side);
  const even = sample / area; // density if items were spread over the whole extent
  const density = Math.max(pairs / sample / (area / counts.length), even);
  return 1 / Math.sqrt((density * count) / sample);
}

/** Find the box of all but a few items along each axis, with some room around; the whole box if little is gained. */
function coreBox(layout: Layout, sample: number): Box {
  const [minX, maxX] = coreOf(layout, 0, sample);
  const [minY, maxY] = coreOf(layout, 1, sample);
  const low = stepsToMap(layout.frame, minX * 256, minY * 256);
  const high = stepsToMap(layout.frame, maxX * 256, maxY * 256);
  return { minX: low.x, minY: low.y, maxX: high.x, maxY: high.y };
}

function coreOf({ cells }: Layout, axis: 0 | 1, sample: number): [number, number] {
  const counts = new Uint32Array(1024);
  for (let i = axis; i < 2 * sample; i += 2) (counts[(cells[i] as number) >>> 6] as number)++;
  const strays = Math.floor(sample * STRAYS);
  const low = firstBeyond(counts, strays);
  const high = 1023 - firstBeyond(counts.slice().reverse(), strays);
  const room = (high - low + 1) * 0.03;
  const from = Math.max(low - room, 0) * 64;
  const to = Math.min(high + 1 + room, 1024) * 64;
  return to - from < WORTHWHILE * 65536 ? [from, to] : [0, 65536];
}

function firstBeyond(counts: Uint32Array, strays: number): number {
  let passed = 0;
  return counts.findIndex((c) => {
    passed += c;
    return passed > strays;
  });
}

