import { type Signal, signal } from "@preact/signals";
import type { Address } from "../address.ts";

/** What shows how densely items lie: nothing, a glow under them, lines of equal density, or both. */
export const DENSITIES = ["off", "shade", "lines", "both"] as const;
export type Density = (typeof DENSITIES)[number];

/** How the map is drawn, beside its colours. */
export interface LookState {
  /** Names of places on the map. */
  readonly labels: Signal<boolean>;
  readonly density: Signal<Density>;
  /** Items stand in a grid where none covers another, near to where the layout has them. */
  readonly grid: Signal<boolean>;
  /** Chosen items leave a trail when they move. */
  readonly trails: Signal<boolean>;
}

export type LookAddress = Pick<Address, "labels" | "density" | "grid" | "trails">;

export function createLook(): LookState {
  return {
    labels: signal(true),
    density: signal<Density>("off"),
    grid: signal(false),
    trails: signal(false),
  };
}

/** Set the look to an address; what it leaves out is as at first. */
export function applyLook(look: LookState, address: LookAddress): void {
  look.labels.value = address.labels ?? true;
  look.density.value = address.density ?? "off";
  look.grid.value = address.grid ?? false;
  look.trails.value = address.trails ?? false;
}

/** The address of the look, without what is usual. */
export function lookAddress(look: LookState): LookAddress {
  const address: LookAddress = {};
  if (!look.labels.value) address.labels = false;
  if (look.density.value !== "off") address.density = look.density.value;
  if (look.grid.value) address.grid = true;
  if (look.trails.value) address.trails = true;
  return address;
}
