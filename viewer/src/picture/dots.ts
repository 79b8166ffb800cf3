/** Dots as shapes: circles that stay round at any size, one path a colour. */

import type { Mask } from "../data/mask.ts";
import { hexOf } from "../data/oklab.ts";
import { GROUND, type Theme } from "../theme.ts";

export interface Dots {
  /** x, y in CSS pixels, two an item. */
  readonly places: Float32Array;
  /** The items, later ones below: the display order is drawn from its end. */
  readonly items: readonly number[];
  /** sRGB, three an item of the map. */
  readonly colors: Uint8Array;
  readonly lit: Mask | null;
  readonly diameter: number;
  readonly alpha: number;
}

/**
 * Write dots as SVG, dim ones first: each a stroke of no length with a round end, for that is the shortest dot there is.
 * One path for many would be shorter still, but takes renderers minutes.
 */
export function dotsSvg(dots: Dots, theme: Theme): string {
  const groups = new Map<string, { dim: boolean; strokes: string[] }>();
  for (let k = dots.items.length - 1; k >= 0; k--) {
    const item = dots.items[k]!;
    const dim = dots.lit !== null && dots.lit[item] === 0;
    const color = colorOf(dots.colors.subarray(item * 3, item * 3 + 3), dim, theme);
    const key = `${dim ? 0 : 1}${color}`;
    const group = groups.get(key) ?? { dim, strokes: [] };
    groups.set(key, group);
    group.strokes.push(`<path d="M${short(dots.places[2 * k]!)} ${short(dots.places[2 * k + 1]!)}h0"/>`);
  }
  const sorted = [...groups].sort(([, a], [, b]) => Number(b.dim) - Number(a.dim));
  const paths = sorted.map(([key, { dim, strokes }]) => {
    const opacity = short((dim ? 0.7 : 1) * dots.alpha);
    return `<g stroke="${key.slice(1)}" stroke-opacity="${opacity}">${strokes.join("")}</g>`;
  });
  return `<g fill="none" stroke-linecap="round" stroke-width="${short(dots.diameter)}">${paths.join("")}</g>`;
}

/** A dot's colour as the shaders have it: shaders/tone.glsl. */
function colorOf(rgb: Uint8Array, dim: boolean, theme: Theme): string {
  const ground = GROUND[theme];
  const grey = 0.2126 * rgb[0]! + 0.7152 * rgb[1]! + 0.0722 * rgb[2]!;
  const channel = (value: number, k: number) => {
    if (!dim) return theme === "dark" ? value + (255 - value) * 0.04 : value;
    const muted = grey + (value - grey) * 0.3;
    return ground[k]! + (muted - ground[k]!) * 0.38;
  };
  return hexOf([channel(rgb[0]!, 0), channel(rgb[1]!, 1), channel(rgb[2]!, 2)]);
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
