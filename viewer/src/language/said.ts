/**
 * What a choice is in the selection language (docs/search.md). A tree is kept beside each mask that was chosen by hand; what
 * no form says, a brush's stroke or single clicks, stands there as the items themselves and is written by their ids.
 */

import { type Bits, packed, unpacked } from "../data/bits.ts";
import type { Mask } from "../data/mask.ts";

export type Said =
  | { readonly kind: "all" | "any"; readonly parts: readonly Said[] }
  | { readonly kind: "not"; readonly part: Said }
  | { readonly kind: "items"; readonly bits: Bits }
  /** The `k` items nearest to one of them, itself among these. */
  | { readonly kind: "like"; readonly item: number; readonly k: number }
  /** Any other form, as it is written. */
  | { readonly kind: "form"; readonly form: Readonly<Record<string, unknown>> };

/** Levels beyond which a choice is rather said by its items: the language has 32. */
const DEEPEST = 20;

export function form(form: Readonly<Record<string, unknown>>): Said {
  return { kind: "form", form };
}

/** All of some conditions; conditions within that join in the same way come up to this level. */
export function allOf(parts: readonly Said[]): Said {
  return joined("all", parts);
}

export function anyOf(parts: readonly Said[]): Said {
  return joined("any", parts);
}

export function not(part: Said): Said {
  return part.kind === "not" ? part.part : { kind: "not", part };
}

function joined(kind: "all" | "any", parts: readonly Said[]): Said {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const told = flat.filter((part, k) => flat.findIndex((one) => sameForm(one, part)) === k);
  return told.length === 1 ? told[0]! : { kind, parts: told };
}

/** Whether two conditions say the same in the same words. */
function sameForm(a: Said, b: Said): boolean {
  if (a === b) return true;
  if (a.kind === "items" || b.kind === "items" || a.kind !== b.kind) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}

function depthOf(said: Said): number {
  if (said.kind === "not") return 1 + depthOf(said.part);
  if (said.kind === "all" || said.kind === "any") return 1 + Math.max(0, ...said.parts.map(depthOf));
  return 1;
}

const told = new WeakMap<Mask, Said>();

/** Remember what a mask is; one that was joined too often is its items. */
export function tell(mask: Mask, said: Said): Mask {
  if (depthOf(said) <= DEEPEST) told.set(mask, said);
  return mask;
}

/** What a mask is: as it was told, else its items. */
export function saidOf(mask: Mask): Said {
  return told.get(mask) ?? { kind: "items", bits: packed(mask) };
}

/** A mask kept in an eighth of its space, with what it is. */
export interface Folded {
  readonly bits: Bits;
  readonly said: Said | undefined;
}

export function folded(mask: Mask): Folded {
  return { bits: packed(mask), said: told.get(mask) };
}

export function unfolded({ bits, said }: Folded, count: number): Mask {
  const mask = unpacked(bits, count);
  if (said) told.set(mask, said);
  return mask;
}
