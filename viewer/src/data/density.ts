/** How densely items lie, and in which colours: counts on a grid, smoothed. */

import type { Layout } from "../layers/layout.ts";

/** A square image over the map, row 0 at its bottom. */
export interface DensityField {
  readonly side: number;
  /** Map units: its lower left corner along both axes, and its side. It reaches beyond the map: density fades out there. */
  readonly from: number;
  readonly span: number;
  /** (side × side × 4): the mean colour around, sRGB 0 … 1, and √(density / high), at most 1.25. */
  readonly texels: Float32Array<ArrayBuffer>;
}

export const FIELD_SIDE = 512;
/** Standard deviation of the smoothing in parts of the map's side, for n items: 0.055 · n^(−1/6). */
const WIDTH = 0.055;
/** How far the field reaches beyond the map at each side, map units. */
const BEYOND = 0.09;
const SPAN = 1 + 2 * BEYOND;
/** The density that counts as high: that of this share of the items is lower. */
const HIGH = 0.98;
const BRIGHTEST = 1.25;

/** @param words see ItemStyle: last item first, dim ones (alpha 0) left out. */
export function densityOf({ cells, frame }: Layout, words: Uint32Array, side = FIELD_SIDE): DensityField {
  const spanX = frame.width / frame.side / 65536 / SPAN;
  const spanY = frame.height / frame.side / 65536 / SPAN;
  const [startX, startY] = [0.5 - spanX * 32767.5, 0.5 - spanY * 32767.5];
  const size = side * side;
  const planes = Array.from({ length: 4 }, () => new Float32Array(size)) as Planes;
  const [red, green, blue, count] = planes;
  let items = 0;
  for (let item = 0, at = words.length - 1; at >= 0; item++, at--) {
    const word = words[at] as number;
    if (word < 0xff000000) continue;
    const x = Math.min(Math.floor(((cells[2 * item] as number) * spanX + startX) * side), side - 1);
    const y = Math.min(Math.floor(((cells[2 * item + 1] as number) * spanY + startY) * side), side - 1);
    const cell = y * side + x;
    (red[cell] as number) += word & 255;
    (green[cell] as number) += (word >>> 8) & 255;
    (blue[cell] as number) += (word >>> 16) & 255;
    (count[cell] as number)++;
    items++;
  }
  const radius = boxRadius((WIDTH * side) / Math.max(items, 1) ** (1 / 6));
  const counted = count.slice();
  const scratch = new Float32Array(size);
  for (const plane of planes) for (let pass = 0; pass < 3; pass++) blur(plane, scratch, side, radius);
  return { side, from: -SPAN / 2, span: SPAN, texels: merged(planes, highOf(counted, count)) };
}

type Planes = [Float32Array, Float32Array, Float32Array, Float32Array];

/** Three box blurs of this radius have about the standard deviation `sigma`: σ² = 3 · ((2r + 1)² − 1) / 12. */
function boxRadius(sigma: number): number {
  return Math.max(Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2), 1);
}

/** Average each cell with its neighbours within `radius` along both axes; beyond the edges nothing lies. */
function blur(plane: Float32Array, scratch: Float32Array, side: number, radius: number): void {
  slide(plane, scratch, side, radius, 1, side);
  slide(scratch, plane, side, radius, side, 1);
}

function slide(
  from: Float32Array,
  to: Float32Array,
  side: number,
  radius: number,
  step: number,
  line: number,
): void {
  const share = 1 / (2 * radius + 1);
  for (let k = 0; k < side; k++) {
    const start = k * line;
    let sum = 0;
    for (let i = 0; i < Math.min(radius, side); i++) sum += from[start + i * step] as number;
    for (let i = 0; i < side; i++) {
      if (i + radius < side) sum += from[start + (i + radius) * step] as number;
      to[start + i * step] = sum * share;
      if (i - radius >= 0) sum -= from[start + (i - radius) * step] as number;
    }
  }
}

/** The smoothed density below which the share HIGH of all items lies. */
function highOf(counted: Float32Array, smooth: Float32Array): number {
  let most = 0;
  let items = 0;
  for (let cell = 0; cell < smooth.length; cell++) {
    most = Math.max(most, smooth[cell] as number);
    items += counted[cell] as number;
  }
  if (most === 0) return 1;
  const bins = new Float64Array(1024);
  for (let cell = 0; cell < smooth.length; cell++) {
    const n = counted[cell] as number;
    if (n > 0) (bins[Math.min(Math.floor(((smooth[cell] as number) / most) * 1024), 1023)] as number) += n;
  }
  let passed = 0;
  const bin = bins.findIndex((n) => {
    passed += n;
    return passed >= HIGH * items;
  });
  return (most * (bin + 1)) / 1024;
}

function merged([red, green, blue, count]: Planes, high: number): Float32Array<ArrayBuffer> {
  const texels = new Float32Array(4 * count.length);
  for (let cell = 0, k = 0; cell < count.length; cell++, k += 4) {
    const n = count[cell] as number;
    if (n <= 1e-6) continue; // what the sliding sums leave behind where nothing is
    texels[k] = (red[cell] as number) / n / 255;
    texels[k + 1] = (green[cell] as number) / n / 255;
    texels[k + 2] = (blue[cell] as number) / n / 255;
    texels[k + 3] = Math.min(Math.sqrt(n / high), BRIGHTEST);
  }
  return texels;
}
