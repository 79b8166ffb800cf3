/** A small picture of a whole layout: where items are, in their colours, for finding one's way. */

import type { Box, Point } from "../camera/camera.ts";
import { type Layout, pointOf } from "../layers/layout.ts";

/** How many items make the picture: the first of the display order are an even sample. */
export const PICTURED = 16_384;
/** Room around the box, in parts of its larger side. */
const MARGIN = 0.04;
/** How much of the ground one item covers, for few items and for many. */
const COVER = { few: 0.9, many: 0.3 };

/** How map space lies on the picture: pixels from its top left corner. */
export interface Chart {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly box: Box;
}

/** Fit a box of map space into a picture of at most these sides. */
export function chartOf(box: Box, most: { readonly width: number; readonly height: number }): Chart {
  const side = Math.max(box.maxX - box.minX, box.maxY - box.minY) || 1;
  const margin = side * MARGIN;
  const around = {
    minX: box.minX - margin,
    minY: box.minY - margin,
    maxX: box.maxX + margin,
    maxY: box.maxY + margin,
  };
  const [spanX, spanY] = [around.maxX - around.minX, around.maxY - around.minY];
  const scale = Math.min(most.width / spanX, most.height / spanY);
  const width = Math.max(Math.round(spanX * scale), 24);
  const height = Math.max(Math.round(spanY * scale), 24);
  return { width, height, scale, box: around };
}

/** Where a map point lies on the picture. */
export function onChart({ box, scale }: Chart, { x, y }: Point): Point {
  return { x: (x - box.minX) * scale, y: (box.maxY - y) * scale };
}

/** The map point at a place on the picture. */
export function fromChart({ box, scale }: Chart, { x, y }: Point): Point {
  return { x: box.minX + x / scale, y: box.maxY - y / scale };
}

/**
 * Draw items 0 … words.length − 1 of a layout over a clear ground.
 * @param words an item's sRGB in the low three bytes, 255 in the highest where it is lit; see layers/style.ts.
 * @param ratio pixels of the picture for one of the chart's.
 */
export function drawChart(layout: Layout, words: Uint32Array, chart: Chart, ratio: number): ImageData {
  const width = Math.round(chart.width * ratio);
  const height = Math.round(chart.height * ratio);
  const pixels = new ImageData(width, height);
  const { data } = pixels;
  const cover = words.length > PICTURED / 2 ? COVER.many : COVER.few;
  for (let item = words.length - 1; item >= 0; item--) {
    const at = onChart(chart, pointOf(layout, item));
    const [x, y] = [Math.floor(at.x * ratio), Math.floor(at.y * ratio)];
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    blend(data, 4 * (y * width + x), words[item]!, cover);
  }
  return pixels;
}

/** Lay a colour over a pixel; a dim item leaves a breath. */
function blend(data: Uint8ClampedArray, at: number, word: number, cover: number): void {
  const alpha = word >>> 24 ? cover : cover * 0.16;
  const below = data[at + 3]! / 255;
  const total = alpha + below * (1 - alpha);
  for (let c = 0; c < 3; c++) {
    const color = (word >>> (8 * c)) & 255;
    data[at + c] = (color * alpha + data[at + c]! * below * (1 - alpha)) / total;
  }
  data[at + 3] = total * 255;
}
