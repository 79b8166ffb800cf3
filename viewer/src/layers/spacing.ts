/** What a layout's positions say about scale: how far apart neighbours are, and where nearly all items lie. */

import type { Box, Camera, Point } from "../camera/camera.ts";
import { stepsToMap } from "../camera/frame.ts";
import { SpacingField } from "./field.ts";
import type { Layout } from "./layout.ts";
import { smoothstep, spacingFor } from "./size.ts";
import { logSpacings, placesOf } from "./surroundings.ts";

/** What is known of a layout's scale. */
export interface Survey extends Spacing {
  /** Typical distance between neighbours, map units: the geometric mean over items. */
  readonly spacing: number;
  /** Distance between neighbours at a map point, map units. */
  readonly around: (point: Point) => number;
  /** Whether at a scale all places are sized alike. */
  readonly evenAt: (scale: number) => boolean;
  /** The box that home shows: the whole extent, less a few stray items far outside the rest. */
  readonly box: Box;
}

/** The distance between neighbours that a camera's items are sized by. */
export interface Spacing {
  readonly spacingFor: (camera: Camera) => number;
}

/** Items surveyed: the first of the display order are an even sample. */
export const SURVEYED = 16_384;
/** Items left out at each end of an axis when strays are looked for. */
const STRAYS = 0.0005;
/** The box without strays is used once it is this much smaller. */
const WORTHWHILE = 0.8;

/** Between these spacings on screen, CSS pixels, sizes turn from the whole map's density to that of the place. */
const LOCAL = [3, 24] as const;
/** How far they turn: less than 1, so that dense places still look denser. */
const LOCAL_SHARE = 0.8;
/** How much of its cell an item fills on a grid, along each side. */
const FILLED = 0.94;

/** Survey the first `sample` items of a layout (a spatially even sample of its `count`). */
export function survey(layout: Layout, sample: number, count: number): Survey {
  const places = placesOf(layout, sample);
  const sparser = Math.log(sample / count) / 2; // the whole is denser than the sample
  const logs = logSpacings(places).map((log) => log + sparser);
  const typical = logs.reduce((sum, log) => sum + log, 0) / sample; // of the geometric mean
  const field = new SpacingField(places, logs, typical);
  const [far, near] = LOCAL.map(Math.log) as [number, number];
  const { pitch } = layout;
  const spacing = Math.exp(typical);
  const localShare = (scale: number) =>
    pitch ? 0 : LOCAL_SHARE * smoothstep(far, near, typical + Math.log(scale));
  return {
    spacing,
    around: (point) => Math.exp(field.logAt(point)),
    evenAt: (scale) => localShare(scale) === 0,
    spacingFor: (camera) => {
      if (pitch) return spacingFor(FILLED * pitch * camera.scale) / camera.scale;
      const share = localShare(camera.scale);
      return share === 0 ? spacing : Math.exp(typical * (1 - share) + field.logAt(camera) * share);
    },
    box: coreBox(layout, sample),
  };
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
