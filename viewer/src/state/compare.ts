import { type Signal, signal } from "@preact/signals";
import type { Address } from "../address.ts";
import type { Manifest } from "../bundle/index.ts";
import { type LayoutName, layoutsOf } from "../compare/place.ts";

/** A second map beside the first: the same items, laid out otherwise. */
export interface CompareState {
  /** What the second map shows; null where there is none. */
  readonly beside: Signal<LayoutName | null>;
  /** Whether its camera goes where the other's goes. */
  readonly linked: Signal<boolean>;
}

export function createCompare(): CompareState {
  return { beside: signal<LayoutName | null>(null), linked: signal(true) };
}

/** Set the comparison to an address; a layout that this map doesn't have is none. */
export function applyCompare({ beside, linked }: CompareState, manifest: Manifest, address: Address): void {
  beside.value = layoutsOf(manifest).find(({ name }) => name === address.beside)?.name ?? null;
  linked.value = !address.apart;
}

export function addCompare({ beside, linked }: CompareState, address: Address): void {
  if (beside.value === null) return;
  address.beside = beside.value;
  if (!linked.value) address.apart = true;
}
