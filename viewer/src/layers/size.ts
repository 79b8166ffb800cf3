/** How large items are drawn, when dots turn into sprites, and how much of both one frame can hold. */

/** Exponent of the size law: 0 would keep sprites constant on screen, 1 constant on the map. */
const POWER = 0.77;
/** CSS pixels an item would have if items stood one pixel apart. */
const UNIT = 3;
const SMALLEST = 1.8;
export const LARGEST = 256;
/** Sizes between which dots turn into sprites, CSS pixels. */
const LEGIBLE = [6, 12] as const;
/** A dot's diameter in parts of its item's size, up to FULL_DOT CSS pixels; beyond, it grows more slowly. */
const DOT = 0.72;
const FULL_DOT = 4;
const DOT_POWER = 0.45;

/**
 * Compute an item's size from the distance between neighbours, both in CSS pixels.
 * size = 3 · spacing^0.77, bounded, times the user's factor: dense maps overlap when far and come apart when near.
 */
export function itemSize(spacing: number, factor = 1): number {
  const size = UNIT * spacing ** POWER;
  return Math.min(Math.max(size, SMALLEST), LARGEST) * factor;
}

/** The spacing at which items reach a size: the inverse of itemSize between its bounds. */
export function spacingFor(size: number, factor = 1): number {
  return (size / factor / UNIT) ** (1 / POWER);
}

/** A dot's diameter in CSS pixels for an item of the given size. */
export function dotDiameter(size: number): number {
  const diameter = size * DOT;
  return diameter <= FULL_DOT ? diameter : FULL_DOT * (diameter / FULL_DOT) ** DOT_POWER;
}

/** Share of an item that is drawn as its sprite, 0 … 1, by its size in CSS pixels. */
export function spriteShare(size: number): number {
  return smoothstep(LEGIBLE[0], LEGIBLE[1], size);
}

/** Share of the finer sprite level, by how many device pixels a texel of the coarser one covers. */
export function nearShare(magnification: number): number {
  return smoothstep(0.8, 1.3, magnification);
}

/**
 * Compute a dot's opacity so that dots overlapping `overlap` deep on average cover `COVER` of what lies below.
 * Denser places come out fuller and sparser ones thinner, whatever the number of items.
 */
export function dotAlpha(diameter: number, spacing: number): number {
  const overlap = (Math.PI / 4) * (diameter / spacing) ** 2;
  const alpha = 1 - (1 - COVER) ** (1 / Math.max(overlap, 1e-3));
  return Math.min(Math.max(alpha, FAINTEST), FULLEST);
}

const COVER = 0.86;
const FAINTEST = 0.12;
const FULLEST = 0.95;

export function smoothstep(low: number, high: number, value: number): number {
  const t = Math.min(Math.max((value - low) / (high - low), 0), 1);
  return t * t * (3 - 2 * t);
}
