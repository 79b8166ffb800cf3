/** One layout's positions on the CPU, in display order: what buffers are filled from and picking reads. */

import type { Point } from "../camera/camera.ts";
import { type Frame, STEPS, stepsToMap } from "../camera/frame.ts";

/** A closed line on a projection, in its own units. */
export interface Outline {
  readonly projection: string;
  readonly polygon: readonly (readonly [number, number])[];
}

export interface Layout {
  readonly name: string;
  readonly frame: Frame;
  /** (count × 2) cells on the 65,536 grid over the frame. */
  readonly cells: Uint16Array;
  /** (count × 2) cells within those cells, on a 256 grid; null means the middle of each. */
  readonly fine: Uint8Array | null;
  /** Map units across the cell that each item has for itself, where the layout is a grid. */
  readonly pitch?: number;
}

/** A layout's copy to give away to a worker, and its buffers: left to copy these itself, a browser takes several times as long. */
export function parcelOf(layout: Layout, count = layout.cells.length / 2) {
  const cells = layout.cells.slice(0, 2 * count);
  const fine = layout.fine?.slice(0, 2 * count) ?? null;
  const buffers = fine ? [cells.buffer, fine.buffer] : [cells.buffer];
  return { layout: { ...layout, cells, fine } satisfies Layout, buffers };
}

/** Where in its cell an item lies when nothing finer is known. */
export const MIDDLE = 127.5;
/** A finest cell's middle, from its corner, in steps. */
export const HALF_STEP = 0.5;

/** Find an item's map point. */
export function pointOf(layout: Layout, item: number): Point {
  const { cells, fine, frame } = layout;
  const i = 2 * item;
  const x = (cells[i] as number) * 256 + (fine ? (fine[i] as number) : MIDDLE) + HALF_STEP;
  const y = (cells[i + 1] as number) * 256 + (fine ? (fine[i + 1] as number) : MIDDLE) + HALF_STEP;
  return stepsToMap(frame, x, y);
}

/** A map point in the layout's own units, with as many digits as tell its finest cells apart. */
export function placeOf({ frame }: Layout, { x, y }: Point): [number, number] {
  const digits = Math.min(Math.max(Math.ceil(9 - Math.log10(frame.side)), 0), 100);
  const rounded = (value: number) => Number(value.toFixed(digits));
  return [
    rounded(frame.left + frame.width / 2 + x * frame.side),
    rounded(frame.bottom + frame.height / 2 + y * frame.side),
  ];
}

/** Write the map points of items 0 … count − 1 as a layout over the square of map space. */
export function layoutOf(name: string, count: number, pointAt: (item: number) => Point): Layout {
  const cells = new Uint16Array(2 * count);
  const fine = new Uint8Array(2 * count);
  const put = (at: number, value: number) => {
    const step = Math.min(Math.max(Math.floor((value + 0.5) * STEPS), 0), STEPS - 1);
    cells[at] = step >> 8;
    fine[at] = step & 255;
  };
  for (let item = 0; item < count; item++) {
    const { x, y } = pointAt(item);
    put(2 * item, x);
    put(2 * item + 1, y);
  }
  return { name, frame: { left: -0.5, bottom: -0.5, width: 1, height: 1, side: 1 }, cells, fine };
}
