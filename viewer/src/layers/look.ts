/** How items look at a camera's scale: sizes, opacity, and the share of sprites. */

import { dotAlpha, dotDiameter, itemSize, LARGEST, nearShare, spacingFor, spriteShare } from "./size.ts";

export interface Look {
  /** CSS pixels between typical neighbours. */
  readonly spacing: number;
  /** How far items stand in a grid, 0 … 1: there, dots have cells to fill and none to share. */
  readonly gridded: number;
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
/** A dot on a grid: its diameter in parts of its cell, and its opacity. */
const GRID_DOT = 0.92;
const GRID_ALPHA = 0.95;
/** CSS pixels of the sprite that one flies to. */
const VISITED = 96;

/** What a look depends on beside sizes. */
export interface Drawing {
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  readonly gridded?: number;
}

/**
 * Compute the look.
 * @param spacing CSS pixels between typical neighbours.
 * @param factor the user's size factor.
 * @param cell texels across a cell of the coarser sprite level; null where items are dots only.
 */
export function lookOf(
  spacing: number,
  factor: number,
  cell: number | null,
  { pixelRatio, gridded = 0 }: Drawing,
): Look {
  const spriteSize = itemSize(spacing, factor);
  const diameter = mix(dotDiameter(spriteSize), GRID_DOT * spriteSize, gridded);
  return {
    spacing,
    gridded,
    spriteSize,
    dotDiameter: diameter,
    dotAlpha: alphaOf(diameter, spacing, gridded),
    share: cell ? spriteShare(spriteSize) : 0,
    nearShare: cell ? nearShare((spriteSize * pixelRatio) / cell) : 0,
  };
}

/** Compute the opacity of a lit dot where each stands for `times` items. */
export function thinnedAlpha({ dotDiameter: diameter, spacing, gridded }: Look, times: number): number {
  return alphaOf(diameter, spacing * Math.sqrt(times), gridded);
}

function alphaOf(diameter: number, spacing: number, gridded: number): number {
  return mix(dotAlpha(diameter, spacing), GRID_ALPHA, gridded);
}

/** Compute the largest useful scale of a map whose neighbours are `spacing` map units apart. */
export function maxScaleOf(spacing: number, steps: number): number {
  return Math.min((spacingFor(LARGEST) / spacing) * BEYOND, steps * COARSEST_STEP);
}

/** Compute the scale at which a single item is well seen. */
export function visitScale(spacing: number, factor: number): number {
  return spacingFor(VISITED, factor) / spacing;
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
