import { effect, untracked } from "@preact/signals";
import { BY_TAG, type Extra, tagExtra } from "./data/extras.ts";
import { setExtra } from "./state/colors.ts";
import type { ViewState } from "./state.ts";

/** Offer to colour by the tags while there are any; a search offers itself. */
export function followTags(state: ViewState, count: number): void {
  effect(() => {
    const tags = state.tags.list.value;
    untracked(() => setExtra(state.colors, BY_TAG, tags.length > 0 ? tagExtra(tags, count) : null));
  });
}

/** The extra that the map is coloured by; null where it is coloured by another column, or that is not offered. */
export function extraFor({ color, colors }: ViewState): Extra | null {
  const name = color.value;
  return name?.startsWith("~") ? (colors.extras.value.find((extra) => extra.name === name) ?? null) : null;
}
