import type {
  CategoryColumn,
  Column,
  Field,
  MapBundle,
  NumberColumn,
  TimeColumn,
  Values,
} from "../bundle/index.ts";
import type { Theme } from "../theme.ts";
import type { Mask } from "./mask.ts";
import type { Rgb } from "./oklab.ts";
import { ACCENT, categoryColor, MISSING, PALETTE_SIZE, rampColor, rampOf } from "./palette.ts";
import { fitScale, histogram, place, type Scale } from "./scale.ts";
import { numberTicks, type Tick, timeTicks } from "./ticks.ts";

/** Stands for "no value" among category codes, whatever the stored type. */
export const NO_CATEGORY = -1;

const BINS = 40;
const MILLISECONDS = { seconds: 1000, days: 86_400_000 };

interface Common {
  readonly title: string;
  /** Paint every item: sRGB, count × 3, display order. */
  paint(theme: Theme): Uint8Array;
}

/** Colours that stand for themselves: the items' own, or one accent. */
export interface PlainColoring extends Common {
  readonly kind: "plain";
}

export interface CategoryColoring extends Common {
  readonly kind: "category";
  readonly column: CategoryColumn;
  /** Codes in the order to list them: the column's own, or the largest first where not all have a colour. */
  readonly order: readonly number[];
  /** An item's code, or NO_CATEGORY. */
  codeOf(item: number): number;
  /** A category's colour; NO_CATEGORY has one too. */
  colorOf(code: number, theme: Theme): Rgb;
}

export interface ScaleColoring extends Common {
  readonly kind: "scale";
  readonly column: NumberColumn | TimeColumn;
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
  readonly bins: Uint32Array;
}

export type Coloring = PlainColoring | CategoryColoring | ScaleColoring;

/** Name of the column that a coloring shows, or null for the items' own colours. */
export function columnOf(coloring: Coloring): string | null {
  return coloring.kind === "plain" ? null : coloring.column.name;
}

/** Load what colours the items: a column's values, or with null the items' own colours. */
export async function loadColoring(bundle: MapBundle, column: string | null): Promise<Coloring> {
  if (column === null) return plain(bundle.count, await bundle.spriteColors());
  const role = bundle.manifest.fields.find(({ name }) => name === column)?.role ?? null;
  return coloringOf(bundle.column(column), await bundle.values(column), role);
}

export function coloringOf(column: Column, values: Values, role: Field["role"] = null): Coloring {
  switch (column.kind) {
    case "category":
      return byCategory(column, values, role !== "label" && isScored(column.categories));
    case "number":
      return byScale(column, values, (scale) => numberTicks(scale));
    case "time":
      return byScale(column, timesOf(column, values), (scale) => timeTicks(scale));
  }
}

function plain(count: number, own: Uint8Array | null): PlainColoring {
  return {
    kind: "plain",
    title: own ? "own colours" : "one colour",
    paint: (theme) => own ?? filled(count, () => ACCENT[theme]),
  };
}

/** Whether categories are the steps of a scale, 1 to 10, rather than names. A label's numbers are names. */
function isScored(categories: readonly string[]): boolean {
  return categories.length > 2 && categories.every((name) => /^-?\d+(\.\d+)?$/.test(name));
}

function byCategory(column: CategoryColumn, codes: Values, scored: boolean): CategoryColoring {
  const missing = codes.BYTES_PER_ELEMENT === 1 ? 255 : 65_535;
  const codeOf = (item: number) => (codes[item] === missing ? NO_CATEGORY : codes[item]!);
  const order = scored ? column.categories.map((_, code) => code) : listOrder(column);
  const rank = new Map(order.map((code, place) => [code, place]));
  const colorOf = (code: number, theme: Theme) => {
    if (code === NO_CATEGORY) return MISSING[theme];
    return scored ? rampColor(code / (order.length - 1), theme) : categoryColor(rank.get(code)!, theme);
  };
  return {
    kind: "category",
    title: column.title,
    column,
    order,
    codeOf,
    colorOf,
    paint(theme) {
      const colors = column.categories.map((_, code) => colorOf(code, theme));
      return filled(codes.length, (item) => colors[codes[item]!] ?? MISSING[theme]);
    },
  };
}

function listOrder({ categories, counts }: CategoryColumn): number[] {
  const order = categories.map((_, code) => code);
  if (order.length <= PALETTE_SIZE) return order;
  return order.sort((a, b) => counts[b]! - counts[a]! || a - b);
}

function byScale(
  column: NumberColumn | TimeColumn,
  values: ArrayLike<number>,
  ticksOf: (scale: Scale) => Tick[],
): ScaleColoring {
  const scale = fitScale(values);
  return {
    kind: "scale",
    title: column.title,
    column,
    scale,
    ticks: ticksOf(scale),
    bins: histogram(values, scale, BINS),
    paint(theme) {
      const ramp = rampOf(theme);
      return filled(values.length, (item) => {
        const value = values[item]!;
        if (Number.isNaN(value)) return MISSING[theme];
        const k = 3 * Math.round(place(scale, value) * 255);
        return [ramp[k]!, ramp[k + 1]!, ramp[k + 2]!];
      });
    },
  };
}

/** Turn stored time units into milliseconds since 1970, NaN where missing. */
function timesOf({ origin, unit }: TimeColumn, values: Values): Float64Array {
  const start = Date.parse(origin);
  return Float64Array.from(values as Uint32Array, (value) =>
    value === 4_294_967_295 ? Number.NaN : start + value * MILLISECONDS[unit],
  );
}

function filled(count: number, colorOf: (item: number) => Rgb): Uint8Array {
  const colors = new Uint8Array(count * 3);
  for (let item = 0; item < count; item++) {
    const [r, g, b] = colorOf(item);
    colors[item * 3] = r;
    colors[item * 3 + 1] = g;
    colors[item * 3 + 2] = b;
  }
  return colors;
}

/** One byte an item, 0 = dim: those outside the isolated categories; null when nothing is isolated. */
export function dimMask(coloring: Coloring, count: number, isolated: ReadonlySet<number>): Mask | null {
  if (coloring.kind !== "category" || isolated.size === 0) return null;
  const mask = new Uint8Array(count);
  for (let item = 0; item < count; item++) mask[item] = isolated.has(coloring.codeOf(item)) ? 1 : 0;
  return mask;
}
