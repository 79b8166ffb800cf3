/** What a layout's positions say about scale: how far apart neighbours are, and where nearly all items lie. */

import type { Box, Camera, Point } from "../camera/camera.ts";
import { stepsToMap } from "../camera/frame.ts";
import { SpacingField } from "./field.ts";
import type { Layout } from "./layout.ts";
import { smoothstep } from "./size.ts";

/** What is known of a layout's scale. */
export interface Survey extends Spacing {
  /** Typical distance between neighbours, map units: 1 / √density around a typical item. */
  readonly spacing: number;
  /** Distance between neighbours at a map point, map units. */
  readonly around: (point: Point) => number;
  /** The box that home shows: the whole extent, less a few stray items far outside the rest. */
  readonly box: Box;
}

/** The distance between neighbours that a camera's items are sized by. */
export interface Spacing {
  readonly spacingFor: (camera: Camera) => number;
}

/** Items left out at each end of an axis when strays are looked for. */
const STRAYS = 0.0005;
/** The box without strays is used once it is this much smaller. */
const WORTHWHILE = 0.8;

/** Between these spacings on screen, CSS pixels, sizes turn from the whole map's density to that of the place. */
const LOCAL = [3, 24] as const;
/** How far they turn: less than 1, so that dense places still look denser. */
const LOCAL_SHARE = 0.8;

/** Survey the first `sample` items of a layout (a spatially even sample of its `count`). */
export function survey(layout: Layout, sample: number, count: number): Survey {
  const spacing = spacingOf(layout, sample, count);
  const field = SpacingField.of(layout, sample, count, spacing);
  const local = (camera: Camera) => {
    const [far, near] = LOCAL.map(Math.log) as [number, number];
    return LOCAL_SHARE * smoothstep(far, near, Math.log(spacing * camera.scale));
  };
  return {
    spacing,
    around: (point) => Math.exp(field.logAt(point)),
    spacingFor: (camera) => {
      const share = local(camera);
      return Math.exp(Math.log(spacing) * (1 - share) + field.logAt(camera) * share);
    },
    box: coreBox(layout, sample),
  };
}

/**
 * Estimate the typical spacing from counts c on a grid: the geometric mean, over items, of 1 / √(density around each).
 * Half an item is taken off each count, for an item's own presence in its cell says nothing of its neighbours.
 */
function spacingOf({ cells, frame }: Layout, sample: number, count: number): number {
  const grid = Math.min(Math.max(Math.round(Math.sqrt(sample) / 3), 3), 256);
  const counts = new Uint32Array(grid * grid);
  for (let i = 0; i < sample; i++) {
    const column = ((cells[2 * i] as number) * grid) >>> 16;
    const row = ((cells[2 * i + 1] as number) * grid) >>> 16;
    (counts[row * grid + column] as number)++;
  }
  let logs = 0;
  for (const c of counts) if (c > 0) logs += c * Math.log(c - 0.5);
  const area = (frame.width / frame.side) * (frame.height / frame.side);
  const density = (Math.exp(logs / sample) * counts.length) / area; // of the sample, an item's surroundings
  const even = sample / area; // if items were spread over the whole extent
  return 1 / Math.sqrt((Math.max(density, even) * count) / sample);
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
