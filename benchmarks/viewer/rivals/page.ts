/** What every rival's page shares: the data as flat arrays, and the marks that the benchmark reads. */

export interface Data {
  readonly count: number;
  /** x, y in −1 … 1, interleaved. */
  readonly xy: Float32Array;
  /** A category an item. */
  readonly classes: Uint8Array;
}

export interface Pages {
  readonly cell: number;
  readonly side: number;
  readonly urls: readonly string[];
}

declare global {
  interface Window {
    bench: { painted: boolean; complete: boolean };
  }
}

window.bench = { painted: false, complete: false };

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
