/** Finds names' places and the scales they are shown at, away from the main thread. */

import type { Layout } from "../layers/layout.ts";
import { intervals } from "./intervals.ts";
import { placesOfNames } from "./places.ts";

export interface LabelJob {
  readonly id: number;
  readonly layout: Layout;
  /** One category code an item. */
  readonly codes: Uint8Array | Uint16Array;
  /** Each category's name: its width at a font size of 1 CSS pixel. */
  readonly widths: Float32Array;
  /** Factor on all sizes, for large screens. */
  readonly larger?: number;
}

/** A name on the map. */
export interface Label {
  readonly code: number;
  /** Map units. */
  readonly x: number;
  readonly y: number;
  /** Font size, CSS pixels. */
  readonly size: number;
  readonly width: number;
  /** Shown from this scale on, CSS pixels per map unit. */
  readonly from: number;
  /** … up to this one, where it gives way to what is inside it. */
  readonly to?: number;
}

export interface LabelAnswer {
  readonly id: number;
  /** The most important first; from = ∞ are left out. */
  readonly labels: Label[];
}

/** Font sizes of the least and the most of a map, and the room around a name, CSS pixels. */
const SIZES = [13, 20] as const;
/** A digit or a letter is drawn larger: names narrower than this, of their font size, and by how much. */
const SHORT = { width: 1.5, larger: 1.4 };
const ROOM = { x: 14, y: 8 };
const LINE = 1.2;

export function labelsOf({ layout, codes, widths, larger = 1 }: Omit<LabelJob, "id">): Label[] {
  const places = placesOfNames(layout, codes, widths.length);
  const most = Math.max(...places.map(({ weight }) => weight), 1);
  const sized = places.map((place) => {
    const width = widths[place.code] as number;
    const usual = larger * (SIZES[0] + (SIZES[1] - SIZES[0]) * Math.sqrt(place.weight / most));
    const size = width < SHORT.width ? usual * SHORT.larger : usual;
    return { ...place, size, width: width * size };
  });
  const from = intervals(
    sized.map(({ x, y, width, size, from }) => ({
      x,
      y,
      width: width + ROOM.x,
      height: size * LINE + ROOM.y,
      from,
    })),
  );
  return sized
    .map(({ code, x, y, size, width }, k) => ({ code, x, y, size, width, from: from[k] as number }))
    .filter((label) => Number.isFinite(label.from));
}

const port = self as unknown as {
  onmessage: (event: MessageEvent<LabelJob>) => void;
  postMessage(answer: LabelAnswer): void;
};

port.onmessage = ({ data: { id, ...job } }) => port.postMessage({ id, labels: labelsOf(job) });
