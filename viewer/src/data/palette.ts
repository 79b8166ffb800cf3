import type { Theme } from "../theme.ts";
import { fromHex, type Lab, mixLab, type Rgb, toLab, toRgb } from "./oklab.ts";

/**
 * Ten category colours a theme. Found by annealing from hand-picked hues for the largest smallest distance in
 * OKLab, seen normally and with protanopia, deuteranopia and tritanopia (Machado et al. 2009); the tests hold that
 * distance. A category keeps its hue when the theme changes.
 */
const BASE: Record<Theme, readonly string[]> = {
  dark: [
    "#4a89f9",
    "#fab000",
    "#ff7f78",
    "#17c0b1",
    "#995db9",
    "#c4ef89",
    "#c3aafe",
    "#b8801c",
    "#90e8ff",
    "#cd3e64",
  ],
  light: [
    "#3a40bb",
    "#e5a44f",
    "#eb515c",
    "#13a096",
    "#8d5eaa",
    "#098d00",
    "#b983ff",
    "#774a00",
    "#86bcde",
    "#a20663",
  ],
};

/** Colour of items without a value. */
export const MISSING: Record<Theme, Rgb> = { dark: [92, 97, 112], light: [176, 176, 180] };

/** Colour of the categories beyond the palette's end. */
export const OTHER: Record<Theme, Rgb> = { dark: [138, 146, 166], light: [120, 126, 142] };

/** Colour of every item in a map that has nothing else to colour by. */
export const ACCENT: Record<Theme, Rgb> = { dark: [236, 196, 120], light: [138, 96, 24] };

/** How many categories have a colour of their own; the ten after the first are quieter kin of those. */
export const PALETTE_SIZE = 20;

/** The colour of the category that stands at a place in the legend. */
export function categoryColor(place: number, theme: Theme): Rgb {
  if (place >= PALETTE_SIZE) return OTHER[theme];
  const base = fromHex(BASE[theme][place % 10]!);
  return place < 10 ? base : toRgb(kin(toLab(base), theme));
}

/** The same hue turned by 20°, with less chroma, towards the middle of the theme's lightness. */
function kin([L, a, b]: Lab, theme: Theme): Lab {
  const [turn, chroma] = [(20 * Math.PI) / 180, 0.62];
  const target = theme === "dark" ? 0.62 : 0.58;
  return [
    L + (target - L) * 0.55,
    (a * Math.cos(turn) - b * Math.sin(turn)) * chroma,
    (a * Math.sin(turn) + b * Math.cos(turn)) * chroma,
  ];
}

/**
 * Stops of the ramp for numbers: lightness runs evenly away from the ground, so that more stands out more, in both
 * themes and in greyscale print.
 */
const STOPS: Record<Theme, readonly string[]> = {
  dark: ["#4b3f8f", "#4465a8", "#2f8ba6", "#3fae94", "#8cc977", "#dcdc72", "#fff3c4"],
  light: ["#e3c877", "#b9b45c", "#7f9f5f", "#43876f", "#266b7c", "#2b4a7c", "#321f5e"],
};

const LAB_STOPS = {
  dark: STOPS.dark.map((hex) => toLab(fromHex(hex))),
  light: STOPS.light.map((hex) => toLab(fromHex(hex))),
};

/** The ramp's colour at a place, 0 (least) … 1 (most). */
export function rampColor(place: number, theme: Theme): Rgb {
  const stops = LAB_STOPS[theme];
  const at = place * (stops.length - 1);
  const k = Math.min(Math.floor(at), stops.length - 2);
  return toRgb(mixLab(stops[k]!, stops[k + 1]!, at - k));
}

/** The ramp as 256 sRGB colours, least to most: for painting many items. */
export function rampOf(theme: Theme): Uint8Array {
  const table = new Uint8Array(256 * 3);
  for (let k = 0; k < 256; k++) table.set(rampColor(k / 255, theme), k * 3);
  return table;
}
