/** What a picture's legend says: the same as the panel's, without its controls. */

import { missingName } from "../data/category.ts";
import { type Coloring, NO_CATEGORY } from "../data/coloring.ts";
import { hexOf } from "../data/oklab.ts";
import { rampColor } from "../data/palette.ts";
import type { Tick } from "../data/ticks.ts";
import type { Theme } from "../theme.ts";

export interface LegendEntry {
  readonly name: string;
  readonly count: number;
  readonly color: string;
  /** Whether the reader has isolated others. */
  readonly dim: boolean;
}

export type PictureLegend =
  | { readonly kind: "category"; readonly title: string; readonly entries: readonly LegendEntry[] }
  | {
      readonly kind: "scale";
      readonly title: string;
      readonly ramp: readonly string[];
      readonly ticks: readonly Tick[];
    };

/** Colours along a ramp: more than an eye tells apart. */
const STEPS = 64;

/** The legend of what the map is coloured by; null where colours stand for themselves. */
export function legendOf(
  coloring: Coloring,
  isolated: ReadonlySet<number>,
  theme: Theme,
): PictureLegend | null {
  switch (coloring.kind) {
    case "plain":
      return null;
    case "scale": {
      const ramp = Array.from({ length: STEPS }, (_, k) => hexOf(rampColor((k + 0.5) / STEPS, theme)));
      return { kind: "scale", title: coloring.title, ramp, ticks: coloring.ticks };
    }
    case "category": {
      const { categories, counts, missing } = coloring.column;
      const entry = (code: number, name: string, count: number): LegendEntry => ({
        name,
        count,
        color: hexOf(coloring.colorOf(code, theme)),
        dim: isolated.size > 0 && !isolated.has(code),
      });
      const entries = coloring.order.map((code) => entry(code, categories[code] || "(empty)", counts[code]!));
      if (missing > 0) entries.push(entry(NO_CATEGORY, missingName(coloring.column.name), missing));
      return { kind: "category", title: coloring.title, entries };
    }
  }
}
