import type { Theme } from "../theme.ts";
import { fromHex, type Lab, mixLab, type Rgb, toLab, toRgb } from "./oklab.ts";

/** Which colours stand for categories and numbers. */
export interface Dress {
  readonly palette: PaletteName;
  readonly ramp: RampName;
  /** Whether the ramp runs the other way. */
  readonly reversed: boolean;
}

export type PaletteName = "terrella" | "okabe-ito" | "tol";
export type RampName = "terrella" | "viridis" | "cividis" | "fire" | "grey" | "two-sided";

export const PLAIN_DRESS: Dress = { palette: "terrella", ramp: "terrella", reversed: false };

type Stops = Record<Theme, readonly string[]>;

/** Category colours, all of them told apart with any colour vision. A category keeps its hue when the theme changes. */
export const PALETTES: Record<PaletteName, { readonly title: string; readonly colors: Stops }> = {
  /**
   * Found by annealing from hand-picked hues for the largest smallest distance in OKLab, seen normally and with
   * protanopia, deuteranopia and tritanopia (Machado et al. 2009); the tests hold that distance.
   */
  terrella: {
    title: "Terrella",
    colors: {
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
    },
  },
  /** Okabe & Ito 2008; its yellow is darker by day, its blue lighter by night, and grey stands for black. */
  "okabe-ito": {
    title: "Okabe–Ito",
    colors: {
      dark: ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#2f86d6", "#d55e00", "#cc79a7", "#b9bec9"],
      light: ["#e69f00", "#56b4e9", "#009e73", "#dfd21a", "#0072b2", "#d55e00", "#cc79a7", "#3b4150"],
    },
  },
  /** Paul Tol's "light" by night and "muted" by day (2021). */
  tol: {
    title: "Paul Tol",
    colors: {
      dark: ["#77aadd", "#ee8866", "#eedd88", "#ffaabb", "#99ddff", "#44bb99", "#bbcc33", "#aaaa00"],
      light: [
        "#332288",
        "#cc6677",
        "#b8a23e",
        "#117733",
        "#5fb0d8",
        "#882255",
        "#44aa99",
        "#999933",
        "#aa4499",
      ],
    },
  },
};

/** Ramps for numbers: they run away from the ground, so that more stands out more, in both themes. */
export const RAMPS: Record<RampName, { readonly title: string; readonly stops: Stops }> = {
  /** Lightness runs evenly: also right in greyscale print. */
  terrella: {
    title: "Terrella",
    stops: {
      dark: ["#4b3f8f", "#4465a8", "#2f8ba6", "#3fae94", "#8cc977", "#dcdc72", "#fff3c4"],
      light: ["#e3c877", "#b9b45c", "#7f9f5f", "#43876f", "#266b7c", "#2b4a7c", "#321f5e"],
    },
  },
  viridis: {
    title: "Viridis",
    stops: {
      dark: ["#46327e", "#365c8d", "#277f8e", "#1fa187", "#4ac16d", "#a0da39", "#fde725"],
      light: ["#addc30", "#5ec962", "#28ae80", "#21918c", "#2c728e", "#3b528b", "#472d7b"],
    },
  },
  cividis: {
    title: "Cividis",
    stops: {
      dark: ["#3b496c", "#575d6d", "#707173", "#8a8779", "#a69d75", "#c4b56c", "#e4cf5b", "#ffea46"],
      light: ["#cbba69", "#a69d75", "#8a8779", "#707173", "#575d6d", "#3b496c", "#123570"],
    },
  },
  fire: {
    title: "Fire",
    stops: {
      dark: ["#5d126e", "#84206b", "#ab2f5e", "#cf4446", "#ed6925", "#fb9b06", "#f7d13d", "#fcffa4"],
      light: ["#fbb61a", "#f37819", "#d74b3f", "#ae305c", "#84206b", "#5a106e", "#2f0a5b"],
    },
  },
  grey: { title: "Grey", stops: { dark: ["#4a5063", "#eceef4"], light: ["#c4c3bd", "#1d212c"] } },
  /** Both ends stand out, the middle steps back: for what lies below and above. */
  "two-sided": {
    title: "Two-sided",
    stops: {
      dark: ["#6cb6ff", "#4a7fc0", "#565b6e", "#b5803e", "#ffc45c"],
      light: ["#14509c", "#6f97c6", "#bdbbb4", "#cf8d43", "#8a4700"],
    },
  },
};

/** Colour of items without a value. */
export const MISSING: Record<Theme, Rgb> = { dark: [92, 97, 112], light: [176, 176, 180] };

/** Colour of the categories beyond the palette's end. */
export const OTHER: Record<Theme, Rgb> = { dark: [138, 146, 166], light: [120, 126, 142] };

/** Colour of every item in a map that has nothing else to colour by. */
export const ACCENT: Record<Theme, Rgb> = { dark: [236, 196, 120], light: [138, 96, 24] };

/** How many categories have a colour of their own; those after the palette's own are quieter kin of them. */
export const PALETTE_SIZE = 20;

/** The colour of the category that stands at a place in the legend. */
export function categoryColor(place: number, theme: Theme, palette: PaletteName = "terrella"): Rgb {
  if (place >= PALETTE_SIZE) return OTHER[theme];
  const colors = PALETTES[palette].colors[theme];
  const base = fromHex(colors[place % colors.length]!);
  const distance = Math.floor(place / colors.length);
  return distance === 0 ? base : toRgb(kin(toLab(base), theme, distance));
}

/** The same hue turned by 20° and more, with less chroma, towards the middle of the theme's lightness. */
function kin([L, a, b]: Lab, theme: Theme, distance: number): Lab {
  const [turn, chroma] = [(distance * 20 * Math.PI) / 180, 0.62 ** distance];
  const target = theme === "dark" ? 0.62 : 0.58;
  return [
    L + (target - L) * 0.55,
    (a * Math.cos(turn) - b * Math.sin(turn)) * chroma,
    (a * Math.sin(turn) + b * Math.cos(turn)) * chroma,
  ];
}

const labStops = new Map<string, readonly Lab[]>();

function labStopsOf(ramp: RampName, theme: Theme): readonly Lab[] {
  const key = `${ramp} ${theme}`;
  const known = labStops.get(key);
  if (known) return known;
  const stops = RAMPS[ramp].stops[theme].map((hex) => toLab(fromHex(hex)));
  labStops.set(key, stops);
  return stops;
}

/** The ramp's colour at a place, 0 (least) … 1 (most). */
export function rampColor(place: number, theme: Theme, { ramp, reversed }: Dress = PLAIN_DRESS): Rgb {
  const stops = labStopsOf(ramp, theme);
  const at = (reversed ? 1 - place : place) * (stops.length - 1);
  const k = Math.min(Math.floor(at), stops.length - 2);
  return toRgb(mixLab(stops[k]!, stops[k + 1]!, at - k));
}

/** The ramp as 256 sRGB colours, least to most: for painting many items. */
export function rampOf(theme: Theme, dress: Dress = PLAIN_DRESS): Uint8Array {
  const table = new Uint8Array(256 * 3);
  for (let k = 0; k < 256; k++) table.set(rampColor(k / 255, theme, dress), k * 3);
  return table;
}
