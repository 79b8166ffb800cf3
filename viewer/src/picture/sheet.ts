/** Lays a picture out: the map alone, or a plate with its title above, its legend beside or below, its source at the foot. */

import { fromHex, hexOf } from "../data/oklab.ts";
import type { Theme } from "../theme.ts";
import { formatCount } from "../ui/format.ts";
import type { LegendEntry, PictureLegend } from "./legend.ts";
import { box, fit, type Measure, type Part, text } from "./parts.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is said around the map. */
export interface Caption {
  readonly title: string;
  readonly subtitle: string;
  readonly foot: string;
  readonly legend: PictureLegend | null;
}

/** A picture without its map: `map` says where that goes. CSS pixels. */
export interface Sheet extends Size {
  readonly map: Size & { readonly x: number; readonly y: number };
  readonly ground: string;
  readonly parts: readonly Part[];
}

const INKS: Record<Theme, { ground: string; text: string; soft: string; line: string }> = {
  dark: { ground: "#0b0e16", text: "#ece8df", soft: "#a3a8b8", line: "#363a45" },
  light: { ground: "#f7f6f2", text: "#1d212c", soft: "#565c6b", line: "#cfccc4" },
};

const EDGE = 28;
const HEAD = 62;
const FOOT = 30;
const LEGEND = 208;
const GAP = 28;
const ROW = 20;
const COLUMN = 180;
const DIM = 0.35;

/** Lay out a picture of a map of this size; without a caption it is the map alone. */
export function layOut(map: Size, caption: Caption | null, theme: Theme, measure: Measure): Sheet {
  const ink = INKS[theme];
  if (!caption) return { ...map, map: { ...map, x: 0, y: 0 }, ground: ink.ground, parts: [] };
  const beside = map.width >= map.height;
  const x = EDGE;
  const y = EDGE + HEAD;
  const { legend } = caption;
  const place = beside
    ? { x: x + map.width + GAP, y, width: LEGEND, height: map.height }
    : { x, y: y + map.height + GAP, width: map.width, height: Number.POSITIVE_INFINITY };
  const drawn = legend ? drawLegend(legend, place, ink, measure) : { parts: [], height: 0 };
  const right = legend && beside ? GAP + LEGEND : 0;
  const below = legend && !beside ? GAP + drawn.height : 0;
  const width = 2 * EDGE + map.width + right;
  const height = y + map.height + below + FOOT + EDGE;
  const room = width - 2 * EDGE;
  const title = fit(caption.title, room, measure, 26, "serif");
  const parts = [
    text({ text: title, x, y: EDGE + 22, size: 26, family: "serif", fill: ink.text }),
    text({ text: fit(caption.subtitle, room, measure, 13), x, y: EDGE + 44, size: 13, fill: ink.soft }),
    box({ x: x - 0.5, y: y - 0.5, width: map.width + 1, height: map.height + 1, stroke: ink.line }),
    ...drawn.parts,
    text({ text: fit(caption.foot, room, measure, 11), x, y: height - EDGE, size: 11, fill: ink.soft }),
  ];
  return { width, height, map: { ...map, x, y }, ground: ink.ground, parts };
}

type Ink = (typeof INKS)[Theme];
type Place = Size & { readonly x: number; readonly y: number };

function drawLegend(legend: PictureLegend, place: Place, ink: Ink, measure: Measure) {
  const { x, y, width } = place;
  const title = text({
    text: fit(legend.title, width, measure, 13, "sans", 600),
    x,
    y: y + 11,
    size: 13,
    fill: ink.text,
    weight: 600,
  });
  const under = { ...place, y: y + 28, height: place.height - 28 };
  const rest =
    legend.kind === "scale" ? drawRamp(legend, under, ink) : drawEntries(legend.entries, under, ink, measure);
  return { parts: [title, ...rest.parts], height: 28 + rest.height };
}

function drawRamp({ ramp, ticks }: PictureLegend & { kind: "scale" }, { x, y, width }: Place, ink: Ink) {
  const long = Math.min(width, 320);
  const step = long / ramp.length;
  const parts: Part[] = ramp.map((fill, k) =>
    box({ x: x + k * step, y, width: k < ramp.length - 1 ? step + 0.4 : step, height: 10, fill }),
  );
  for (const { at, text: words } of ticks) {
    const anchor = at < 0.1 ? "start" : at > 0.9 ? "end" : "middle";
    parts.push(text({ text: words, x: x + at * long, y: y + 26, size: 11, fill: ink.soft, anchor }));
  }
  return { parts, height: 30 };
}

/** Entries in columns; those that there is no room for are counted in the last line. */
function drawEntries(entries: readonly LegendEntry[], place: Place, ink: Ink, measure: Measure) {
  const columns = Math.max(1, Math.floor(place.width / COLUMN));
  const column = place.width / columns;
  const rows = Math.max(1, Math.min(Math.ceil(entries.length / columns), Math.floor(place.height / ROW), 40));
  const room = rows * columns;
  const shown = entries.length > room ? entries.slice(0, room - 1) : entries;
  const parts: Part[] = [];
  const at = (k: number) => ({ x: place.x + Math.floor(k / rows) * column, y: place.y + (k % rows) * ROW });
  shown.forEach(({ name, count, color, dim }, k) => {
    const { x, y } = at(k);
    const counted = formatCount(count);
    const end = x + column - (columns > 1 ? 20 : 0);
    const free = end - x - 20 - measure(counted, 12, "sans", 400) - 10;
    const faded = (fill: string) => (dim ? blend(fill, ink.ground) : fill);
    parts.push(
      box({ x, y: y + 1, width: 11, height: 11, radius: 3, fill: faded(color) }),
      text({ text: fit(name, free, measure, 13), x: x + 20, y: y + 11, size: 13, fill: faded(ink.text) }),
      text({ text: counted, x: end, y: y + 11, size: 12, fill: faded(ink.soft), anchor: "end" }),
    );
  });
  const left = entries.length - shown.length;
  if (left > 0) {
    const { x, y } = at(shown.length);
    parts.push(
      text({ text: `and ${formatCount(left)} more`, x: x + 20, y: y + 11, size: 13, fill: ink.soft }),
    );
  }
  return { parts, height: rows * ROW };
}

/** A colour most of the way to the ground. */
function blend(color: string, ground: string): string {
  const [a, b] = [fromHex(color), fromHex(ground)];
  const mix = (k: 0 | 1 | 2) => a[k] * DIM + b[k] * (1 - DIM);
  return hexOf([mix(0), mix(1), mix(2)]);
}
