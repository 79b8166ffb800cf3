import { type Signal, signal } from "@preact/signals";
import type { Manifest } from "../bundle/index.ts";
import type { Mode } from "../data/combine.ts";
import type { Mask } from "../data/mask.ts";
import { maskOfRice, riceText } from "../data/rice.ts";

/** What a press on the map does: take hold of it, or draw around items. */
export type Tool = "move" | "lasso" | "box" | "brush";

export const TOOLS: readonly Tool[] = ["move", "lasso", "box", "brush"];

/** How one chooses; what is chosen is ViewState.chosen. */
export interface SelectionState {
  readonly tool: Signal<Tool>;
  /** What a stroke does without keys held: for hands that have none. */
  readonly mode: Signal<Mode>;
  /** Radius of the brush, CSS pixels. */
  readonly brush: Signal<number>;
}

export const BRUSH = { least: 6, usual: 24, most: 160 };

export function createSelection(): SelectionState {
  return { tool: signal<Tool>("move"), mode: signal<Mode>("replace"), brush: signal(BRUSH.usual) };
}

/** Make the brush larger or smaller, within bounds. */
export function resizeBrush({ brush }: SelectionState, factor: number): void {
  brush.value = Math.round(Math.min(Math.max(brush.value * factor, BRUSH.least), BRUSH.most));
}

/** Longer than this, a link would not survive being sent; the selection then stays out of it. */
const MOST_CHARACTERS = 12_000;

const texts = new WeakMap<Mask, string | null>();

/** Whether it is known already what a link says of a selection: to find out takes some milliseconds where it is large. */
export function isWritten(chosen: Mask): boolean {
  return texts.has(chosen);
}

/** What a link says of a selection, under the stamp of the order that it counts in; null where it is too scattered. */
export function selectionText(manifest: Manifest, chosen: Mask): string | null {
  let text = texts.get(chosen);
  if (text === undefined) {
    const runs = riceText(chosen, MOST_CHARACTERS);
    text = runs === null ? null : `${stampOf(manifest)}.${runs}`;
    texts.set(chosen, text);
  }
  return text;
}

/** Read what a link says; null where it is malformed, empty, or means the items of another map. */
export function selectionOf(manifest: Manifest, text: string): Mask | null {
  const [stamp, runs] = text.split(".", 2);
  if (stamp !== stampOf(manifest) || !runs) return null;
  const mask = maskOfRice(runs, manifest.count);
  if (!mask?.includes(1)) return null;
  texts.set(mask, text);
  return mask;
}

/** Tells one display order from another, for a map made anew has another; and how the selection is written. */
function stampOf({ order, count }: Manifest): string {
  return `${count.toString(36)}${order.parts[0].sha256.slice(0, 6)}r`;
}
