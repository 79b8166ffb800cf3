/** What every rival's page shares: the data as flat arrays, and the marks that the benchmark reads. */

export interface Data {
  readonly count: number;
  /** x, y in −1 … 1, interleaved. */
  readonly xy: Float32Array;
  /** A category an item. */
  readonly classes: Uint8Array;
}

/** A column of numbers, one an item, and its range. */
export interface Numbers {
  readonly values: Float32Array;
  readonly low: number;
  readonly high: number;
}

export interface Pages {
  readonly cell: number;
  readonly side: number;
  readonly urls: readonly string[];
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** An act that has been prepared, and is clocked when it is called; null where the map has nothing for it. */
type Act = (() => unknown) | null;
type Prepared = Act | Promise<Act>;

/** What a page can do with its map; what it has no means for it leaves out. Places are CSS pixels in the window. */
export interface PageActs {
  /** Keep the items whose number lies between two shares of the column's range. */
  filter?(low: number, high: number): Prepared;
  /** Choose the items inside a closed line. */
  lasso?(path: readonly Place[]): Prepared;
  /** Choose the items that a round brush passes over. */
  stroke?(path: readonly Place[], radius: number): Prepared;
  /** Find the item at a place. */
  pick?(at: Place): Prepared;
  /** Wait for the frame that hands an act's effect to the device, where the act itself doesn't; returns the milliseconds of its script. */
  handed?(): Promise<number>;
  /** Wait until nothing moves. */
  rest?(): Promise<void>;
}

declare global {
  interface Window {
    bench: { painted: boolean; complete: boolean; acts: PageActs };
  }
}

window.bench = { painted: false, complete: false, acts: {} };

/** The palette that all of them draw with. */
export const COLORS: readonly (readonly [number, number, number])[] = [
  [74, 137, 249],
  [250, 176, 0],
  [255, 127, 120],
  [23, 192, 177],
  [153, 93, 185],
  [196, 239, 137],
  [195, 170, 254],
  [184, 128, 28],
  [144, 232, 255],
  [205, 62, 100],
];

/** Fetch the points, in the form that costs a rival least to take. */
export async function readData(): Promise<Data> {
  const [xy, classes] = await Promise.all(["points.f32", "classes.u8"].map(bytes));
  return { count: classes!.byteLength, xy: new Float32Array(xy!), classes: new Uint8Array(classes!) };
}

/** Fetch the numbers to filter by, after the map is there; null where it has none. */
export async function readNumbers(): Promise<Numbers | null> {
  const values = new Float32Array(await bytes("values.f32"));
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return values.length > 0 ? { values, low, high } : null;
}

export async function readPages(): Promise<Pages | null> {
  return (await fetch("data/pages.json")).json();
}

async function bytes(name: string): Promise<ArrayBuffer> {
  return (await fetch(`data/${name}`)).arrayBuffer();
}

export function canvasOf(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.style.cssText = "position:fixed;inset:0;width:100vw;height:100vh";
  document.body.append(canvas);
  return canvas;
}
