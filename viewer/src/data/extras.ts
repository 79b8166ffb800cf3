/** Columns that are no part of the map: made on the page by a search, by tags, and coloured by like any other. */

import type { ArrayRef, Column, Values } from "../bundle/index.ts";
import type { Mask } from "./mask.ts";

export interface Extra {
  /** Its name starts with a tilde. */
  readonly column: Column;
  readonly values: Values;
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

/** How near each found item is, 1 nearest … 0 farthest found; the others have no value. */
export function similarityExtra(
  items: ArrayLike<number>,
  distances: ArrayLike<number>,
  count: number,
): Extra {
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

/** Each item's tag; of several, the one that was made last. */
export function tagExtra(
  tags: readonly { readonly name: string; readonly items: Mask }[],
  count: number,
): Extra {
  const values = new Uint16Array(count).fill(65_535);
  for (const [code, { items }] of tags.entries())
    for (let item = 0; item < count; item++) if (items[item]) values[item] = code;
  const counts = new Array<number>(tags.length).fill(0);
  let missing = 0;
  for (const code of values) {
    if (code === 65_535) missing++;
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
  return { column, values };
}
