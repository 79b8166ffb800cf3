/** Columns that are no part of the map: made on the page by a search, by tags, and coloured by like any other. */

import type { ArrayRef, Column, Values } from "../bundle/index.ts";
import type { Mask } from "./mask.ts";

export interface ExtraColumn {
  readonly column: Column;
  readonly values: Values;
  /** Each category's place in the palette, where it has one of its own. */
  readonly places?: readonly number[];
}

/** A column that could be made; it is when the map is coloured by it. */
export interface Extra {
  /** It starts with a tilde. */
  readonly name: string;
  make(): ExtraColumn;
}

export const BY_SIMILARITY = "~similarity";
export const BY_TAG = "~tags";
/** What there may be at some time, and what it is called until then. */
export const EXTRA_TITLES: Readonly<Record<string, string>> = {
  [BY_SIMILARITY]: "similarity to the search",
  [BY_TAG]: "tags",
};

/** Nothing of an extra is stored. */
const NOWHERE = { dtype: "f32", components: 1, count: 0, parts: [] } as unknown as ArrayRef;
const NO_TAG = 65_535;

/** How near each found item is, 1 nearest … 0 farthest found; the others have no value. */
export function similarityExtra(
  items: ArrayLike<number>,
  distances: ArrayLike<number>,
  count: number,
): Extra {
  return { name: BY_SIMILARITY, make: () => similarities(items, distances, count) };
}

function similarities(items: ArrayLike<number>, distances: ArrayLike<number>, count: number): ExtraColumn {
  const values = new Float32Array(count).fill(Number.NaN);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < items.length; k++) {
    least = Math.min(least, distances[k]!);
    most = Math.max(most, distances[k]!);
  }
  const span = most - least || 1;
  for (let k = 0; k < items.length; k++) values[items[k]!] = 1 - (distances[k]! - least) / span;
  const column: Column = {
    name: BY_SIMILARITY,
    title: EXTRA_TITLES[BY_SIMILARITY]!,
    kind: "number",
    values: NOWHERE,
    min: 0,
    max: 1,
    integer: false,
    missing: count - items.length,
  };
  return { column, values };
}

interface TagLike {
  readonly name: string;
  /** Place in the palette. */
  readonly color: number;
  readonly items: Mask;
}

/** Each item's tag; of several, the one that was made last. */
export function tagExtra(tags: readonly TagLike[], count: number): Extra {
  return { name: BY_TAG, make: () => tagged(tags, count) };
}

function tagged(tags: readonly TagLike[], count: number): ExtraColumn {
  const values = new Uint16Array(count).fill(NO_TAG);
  for (const [code, { items }] of tags.entries())
    for (let item = 0; item < count; item++) if (items[item]) values[item] = code;
  const counts = new Array<number>(tags.length).fill(0);
  let missing = 0;
  for (const code of values) {
    if (code === NO_TAG) missing++;
    else counts[code]!++;
  }
  const column: Column = {
    name: BY_TAG,
    title: EXTRA_TITLES[BY_TAG]!,
    kind: "category",
    values: NOWHERE,
    categories: tags.map(({ name }) => name),
    counts,
    missing,
  };
  return { column, values, places: tags.map(({ color }) => color) };
}
