/** How items look at a camera's scale: sizes, opacity, and the share of sprites. */

import { dotAlpha, dotDiameter, itemSize, LARGEST, nearShare, spacingFor, spriteShare } from "./size.ts";

export interface Look {
  /** CSS pixels. */
  readonly spriteSize: number;
  readonly dotDiameter: number;
  readonly dotAlpha: number;
  readonly share: number;
  readonly nearShare: number;
}

/** Maps zoom in this much beyond the scale of the largest sprites, so that close pairs come apart. */
const BEYOND = 2;
/** A step of the quantised positions is never magnified beyond this many CSS pixels. */
const COARSEST_STEP = 4;
/** CSS pixels of the sprite that one flies to. */
const VISITED = 96;

/**
 * Compute the look.
 * @param spacing CSS pixels between typical neighbours.
 * @param factor the user's size factor.
 * @param cell texels across a cell of the coarser sprite level; null where items are dots only.
 */
export function lookOf(spacing: number, factor: number, cell: number | null, pixelRatio: number): Look {
  const spriteSize = itemSize(spacing, factor);
  const diameter = dotDiameter(spriteSize);
  return {
    spriteSize,
    dotDiameter: diameter,
    dotAlpha: dotAlpha(diameter, spacing),
    share: cell ? spriteShare(spriteSize) : 0,
    nearShare: cell ? nearShare((spriteSize * pixelRatio) / cell) : 0,
  };
}

/** Compute the largest useful scale of a map whose neighbours are `spacing` map units apart. */
export function maxScaleOf(spacing: number, steps: number): number {
  return Math.min((spacingFor(LARGEST) / spacing) * BEYOND, steps * COARSEST_STEP);
}

/** Compute the scale at which a single item is well seen. */
export function visitScale(spacing: number, factor: number): number {
  return spacingFor(VISITED, factor) / spacing;
}
