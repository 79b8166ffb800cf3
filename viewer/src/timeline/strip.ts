/** One measure of quality over the frames, as heights for a strip. */

import type { Frame } from "../bundle/index.ts";

export interface Strip {
  /** Where each frame stands, 0 … 1 between the least and the greatest; null where it was not measured. */
  readonly heights: readonly (number | null)[];
  /** Standard errors on the same scale. */
  readonly errors: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** A measure that changes less than this looks flat, for that is what it is. */
const LEAST_RANGE = 0.02;

/** Every measure that some frame has, in the order they are met. */
export function measuresOf(frames: readonly Frame[]): string[] {
  return [...new Set(frames.flatMap(({ quality }) => Object.keys(quality ?? {})))];
}

/** Lay a measure out over the frames; its own range fills the strip. */
export function stripOf(frames: readonly Frame[], measure: string): Strip {
  const scores = frames.map(({ quality }) => quality?.[measure] ?? null);
  const values = scores.flatMap((score) => score?.value ?? []);
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  const half = Math.max(Math.max(...values) - Math.min(...values), LEAST_RANGE) / 2;
  const [low, high] = [middle - half, middle + half];
  return {
    heights: scores.map((score) => score && (score.value - low) / (high - low)),
    errors: scores.map((score) => (score?.error ?? 0) / (high - low)),
    low,
    high,
  };
}
