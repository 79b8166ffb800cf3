import { type Signal, signal } from "@preact/signals";
import { combined, type Mode } from "../data/combine.ts";
import type { Mask } from "../data/mask.ts";
import { PALETTE_SIZE } from "../data/palette.ts";

/** A name that a reader has given to items. Tags never change; another takes their place. */
export interface Tag {
  readonly name: string;
  /** Place of its colour in the palette, 0 … 19. */
  readonly color: number;
  readonly items: Mask;
}

export interface TagsState {
  readonly list: Signal<readonly Tag[]>;
  /** Why tags are not kept, or where they came from; empty where all is well. */
  readonly problem: Signal<string>;
}

/** The longest name: enough for a phrase, too short for a document. */
export const LONGEST_NAME = 80;

export function createTags(): TagsState {
  return { list: signal<readonly Tag[]>([]), problem: signal("") };
}

/** A tag's name as it is kept: one line, without blanks around it. */
export function tidyName(name: string): string {
  return name.replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME);
}

/** Give items a tag, which is made where there is none of that name. */
export function tagItems({ list }: TagsState, wanted: string, items: Mask, mode: Mode = "add"): void {
  const name = tidyName(wanted);
  if (name === "") return;
  const tags = list.value;
  const known = tags.find((tag) => tag.name === name);
  if (!known) {
    if (mode === "subtract") return;
    list.value = [...tags, { name, color: freeColor(tags), items: items.slice() }];
    return;
  }
  const joined = combined(known.items, items, mode) ?? new Uint8Array(items.length);
  list.value = tags.map((tag) => (tag === known ? { ...known, items: joined } : tag));
}

/** Change a tag's name or colour; a name that is taken or empty changes nothing. Returns whether it did. */
export function changeTag(
  { list }: TagsState,
  name: string,
  change: { name?: string; color?: number },
): boolean {
  const next = change.name === undefined ? name : tidyName(change.name);
  const taken = next !== name && list.value.some((tag) => tag.name === next);
  if (next === "" || taken) return false;
  list.value = list.value.map((tag) => (tag.name === name ? { ...tag, ...change, name: next } : tag));
  return true;
}

export function removeTag({ list }: TagsState, name: string): void {
  list.value = list.value.filter((tag) => tag.name !== name);
}

/** The first colour that no tag has, else the one that comes round. */
function freeColor(tags: readonly Tag[]): number {
  const taken = new Set(tags.map(({ color }) => color));
  for (let color = 0; color < PALETTE_SIZE; color++) if (!taken.has(color)) return color;
  return tags.length % PALETTE_SIZE;
}
