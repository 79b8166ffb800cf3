import type {
  CategoryColumn,
  Column,
  Field,
  MapBundle,
  NumberColumn,
  OnPart,
  TimeColumn,
  Values,
} from "../bundle/index.ts";
import type { Theme } from "../theme.ts";
import { MISSING_TIME, missingCode, NO_CATEGORY, OTHER_CATEGORIES } from "./category.ts";
import type { Extra } from "./extras.ts";
import type { Mask } from "./mask.ts";
import type { Rgb } from "./oklab.ts";
import {
  ACCENT,
  categoryColor,
  type Dress,
  MISSING,
  OTHER,
  PALETTE_SIZE,
  PLAIN_DRESS,
  rampColor,
  rampOf,
} from "./palette.ts";
import { fitScale, placer, type Scale, type ScaleKind } from "./scale.ts";
import { numberTicks, type Tick, timeTicks } from "./ticks.ts";
import { inMilliseconds, presentTimes } from "./times.ts";

export { NO_CATEGORY };

const BINS = 40;
/** Steps of a ramp; the one after the last is "no value". */
const STEPS = 256;
/** Items placed on a scale in one go: more would be felt. */
const SLICE = 131_072;

interface Common {
  readonly title: string;
  /** Paint every item: sRGB, count × 3, display order. */
  paint(theme: Theme, dress?: Dress): Uint8Array;
  /** The same for those who paint by themselves; null where each item has a colour of its own. */
  tint(theme: Theme, dress?: Dress): Tint | null;
}

/** Items painted by code: few colours for many. */
export interface Tint {
  /** Each item's code. */
  readonly codes: ArrayLike<number>;
  /** sRGB by code, count × 3. */
  readonly table: Uint8Array;
}

/** Colours that stand for themselves: the items' own, or one accent. */
export interface PlainColoring extends Common {
  readonly kind: "plain";
  /** What it stands in for: an extra column that is not there yet, or null. */
  readonly waiting: string | null;
}

export interface CategoryColoring extends Common {
  readonly kind: "category";
  readonly column: CategoryColumn;
  /** Codes in the order to list them: the column's own, or the largest first where not all have a colour. */
  readonly order: readonly number[];
  /** An item's code, or NO_CATEGORY. */
  codeOf(item: number): number;
  /** A category's colour; NO_CATEGORY and OTHER_CATEGORIES have one too. */
  colorOf(code: number, theme: Theme, dress?: Dress): Rgb;
  /** The items of some categories. */
  itemsOf(codes: ReadonlySet<number>): Mask;
}

export interface ScaleColoring extends Common {
  readonly kind: "scale";
  readonly column: NumberColumn | TimeColumn;
  /** In the column's stored units. */
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
  /** Items of each stretch of the scale; the first and the last also hold what lies beyond its ends. */
  readonly bins: Uint32Array;
}

export type Coloring = PlainColoring | CategoryColoring | ScaleColoring;

export interface ColoringOptions {
  /** The role of the column's field. */
  readonly role?: Field["role"];
  /** How numbers run over the ramp, where the reader has chosen. */
  readonly scale?: ScaleKind | null;
  /** Each category's place in the palette, where it has one of its own. */
  readonly places?: readonly number[] | undefined;
}

/** Name of the column that a coloring shows, or null for the items' own colours. */
export function columnOf(coloring: Coloring): string | null {
  return coloring.kind === "plain" ? coloring.waiting : coloring.column.name;
}

/** What is loaded, and how. */
export interface Loading {
  readonly extra?: Extra | null;
  readonly scale?: ScaleKind | null;
  /** Called with what the first items look like, where the rest of a large map takes longer. */
  readonly onPart?: ((coloring: Coloring) => void) | undefined;
}

/** Load what colours the items: a column's values, an extra's, or with null the items' own colours. */
export async function loadColoring(
  bundle: MapBundle,
  name: string | null,
  { extra = null, scale = null, onPart }: Loading = {},
): Promise<Coloring> {
  if (extra?.name === name) {
    const { column, values, places } = extra.make();
    return sliced(column, values, { role: "label", scale, places });
  }
  if (name === null || name.startsWith("~")) return plain(bundle.count, await bundle.spriteColors(), name);
  const role = bundle.manifest.fields.find((field) => field.name === name)?.role ?? null;
  const column = bundle.column(name);
  const early: OnPart = (values, first, count) => {
    if (first > 0 || count === values.length || column.kind !== "category") return;
    values.fill(missingCode(values), count); // grey until they arrive
    onPart?.(byCategory(column, values, { role }));
  };
  const values = await bundle.values(name, onPart ? { onPart: early } : {});
  return sliced(column, values, { role, scale });
}

export function coloringOf(column: Column, values: Values, options: ColoringOptions = {}): Coloring {
  if (column.kind === "category") return byCategory(column, values, options);
  const steps = new Steps(column, values, options.scale);
  steps.place(0, values.length);
  return byScale(column, steps);
}

/** A coloring made without a long stop: numbers are placed on their scale slice by slice. */
async function sliced(column: Column, values: Values, options: ColoringOptions): Promise<Coloring> {
  if (column.kind === "category" || values.length <= SLICE) return coloringOf(column, values, options);
  const steps = new Steps(column, values, options.scale);
  for (let first = 0; first < values.length; first += SLICE) {
    steps.place(first, Math.min(first + SLICE, values.length));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return byScale(column, steps);
}

function plain(count: number, own: Uint8Array | null, waiting: string | null): PlainColoring {
  return {
    kind: "plain",
    waiting,
    title: own ? "own colours" : "one colour",
    paint: (theme) => own ?? painted(new Uint8Array(count), Uint8Array.from(ACCENT[theme])),
    tint: (theme) => (own ? null : { codes: new Uint8Array(count), table: Uint8Array.from(ACCENT[theme]) }),
  };
}

/** Whether categories are the steps of a scale, 1 to 10, rather than names. A label's numbers are names. */
function isScored(categories: readonly string[]): boolean {
  return categories.length > 2 && categories.every((name) => /^-?\d+(\.\d+)?$/.test(name));
}

function byCategory(
  column: CategoryColumn,
  codes: Values,
  { role, places }: ColoringOptions,
): CategoryColoring {
  const { categories } = column;
  const missing = missingCode(codes);
  const scored = role !== "label" && isScored(categories);
  const order = scored || places ? categories.map((_, code) => code) : listOrder(column);
  const rank = new Uint16Array(categories.length);
  for (const [place, code] of order.entries()) rank[code] = places?.[code] ?? place;
  const colorOf = (code: number, theme: Theme, dress: Dress = PLAIN_DRESS) => {
    if (code === NO_CATEGORY) return MISSING[theme];
    if (code === OTHER_CATEGORIES) return OTHER[theme];
    if (scored) return rampColor(code / (order.length - 1), theme, dress);
    return categoryColor(rank[code]!, theme, dress.palette);
  };
  const tint = (theme: Theme, dress?: Dress): Tint => {
    const table = tableOf(missing + 1, MISSING[theme]);
    for (const code of order) table.set(colorOf(code, theme, dress), 3 * code);
    return { codes, table };
  };
  return {
    kind: "category",
    title: column.title,
    column,
    order,
    codeOf: (item) => (codes[item] === missing ? NO_CATEGORY : codes[item]!),
    colorOf,
    paint: (theme, dress) => painted(codes, tint(theme, dress).table),
    tint,
    itemsOf(wanted) {
      const belongs = new Uint8Array(missing + 1);
      for (const code of wanted) belongs[code === NO_CATEGORY ? missing : code] = 1;
      if (wanted.has(OTHER_CATEGORIES) && !scored)
        for (const code of order.slice(PALETTE_SIZE)) belongs[code] = 1;
      const mask = new Uint8Array(codes.length);
      for (let item = 0; item < mask.length; item++) mask[item] = belongs[codes[item]!]!;
      return mask;
    },
  };
}

function listOrder({ categories, counts }: CategoryColumn): number[] {
  const order = categories.map((_, code) => code);
  if (order.length <= PALETTE_SIZE) return order;
  return order.sort((a, b) => counts[b]! - counts[a]! || a - b);
}

/** Each item's step on a ramp, placed once for all palettes and themes. */
class Steps {
  readonly scale: Scale;
  readonly of: Uint16Array;
  private readonly counts = new Uint32Array(STEPS + 1);
  private readonly missing: number;

  constructor(
    column: NumberColumn | TimeColumn,
    private readonly values: Values,
    wanted: ScaleKind | null = null,
  ) {
    const timed = column.kind === "time";
    this.missing = timed ? MISSING_TIME : Number.NaN;
    const present = timed ? presentTimes(values as Uint32Array) : values;
    this.scale = fitScale(present, wanted ?? (timed ? "linear" : undefined));
    this.of = new Uint16Array(values.length);
  }

  place(first: number, end: number): void {
    const placeOf = placer(this.scale);
    for (let item = first; item < end; item++) {
      const value = this.values[item]!;
      const absent = value === this.missing || Number.isNaN(value);
      const step = absent ? STEPS : Math.round(placeOf(value) * (STEPS - 1));
      this.of[item] = step;
      this.counts[step]!++;
    }
  }

  bins(count: number): Uint32Array {
    const bins = new Uint32Array(count);
    for (let step = 0; step < STEPS; step++) bins[Math.floor((step * count) / STEPS)]! += this.counts[step]!;
    return bins;
  }
}

function byScale(column: NumberColumn | TimeColumn, steps: Steps): ScaleColoring {
  const { scale } = steps;
  const tint = (theme: Theme, dress?: Dress): Tint => {
    const table = tableOf(STEPS + 1, MISSING[theme]);
    table.set(rampOf(theme, dress));
    return { codes: steps.of, table };
  };
  return {
    kind: "scale",
    title: column.title,
    column,
    scale,
    ticks: column.kind === "time" ? timeTicks(inMilliseconds(scale, column)) : numberTicks(scale),
    bins: steps.bins(BINS),
    paint: (theme, dress) => painted(steps.of, tint(theme, dress).table),
    tint,
  };
}

/** Colours by code, sRGB; all of them `color` at first. */
function tableOf(length: number, color: Rgb): Uint8Array {
  const table = new Uint8Array(3 * length);
  for (let k = 0; k < length; k++) table.set(color, 3 * k);
  return table;
}

/** Paint items by their codes, one an item. */
function painted(codes: ArrayLike<number>, table: Uint8Array): Uint8Array {
  const colors = new Uint8Array(codes.length * 3);
  for (let item = 0, to = 0; item < codes.length; item++, to += 3) {
    const from = 3 * codes[item]!;
    colors[to] = table[from]!;
    colors[to + 1] = table[from + 1]!;
    colors[to + 2] = table[from + 2]!;
  }
  return colors;
}

/** One byte an item, 0 = dim: those outside the isolated categories; null when nothing is isolated. */
export function dimMask(coloring: Coloring, isolated: ReadonlySet<number>): Mask | null {
  return coloring.kind !== "category" || isolated.size === 0 ? null : coloring.itemsOf(isolated);
}
