import { type Signal, signal } from "@preact/signals";
import type { Manifest } from "../bundle/index.ts";

export interface Sorting {
  readonly field: string;
  readonly descending: boolean;
}

/** The table below the map. */
export interface TableState {
  readonly open: Signal<boolean>;
  readonly sorting: Signal<Sorting | null>;
  /** Whether it lists what is chosen, where anything is, or what is in view. */
  readonly source: Signal<"chosen" | "view">;
  /** Set while rows are chosen in the table itself, which then goes on listing what it lists. */
  choosing: boolean;
  /** CSS pixels. */
  readonly height: Signal<number>;
}

export const HEIGHT = { least: 140, usual: 280 };
const UNSORTED = "~";

export function createTable(): TableState {
  return {
    open: signal(false),
    sorting: signal<Sorting | null>(null),
    source: signal<"chosen" | "view">("chosen"),
    choosing: false,
    height: signal(HEIGHT.usual),
  };
}

/** What an address says of the table: `~` open, `rating` or `-rating` open and sorted; nothing while it is shut. */
export function tableText({ open, sorting }: TableState): string | undefined {
  const sorted = sorting.value;
  if (!open.value) return undefined;
  return sorted ? `${sorted.descending ? "-" : "+"}${sorted.field}` : UNSORTED;
}

/** Follow an address; a field that the map doesn't have sorts nothing. */
export function applyTable(
  { open, sorting }: TableState,
  { fields }: Manifest,
  text: string | undefined,
): void {
  open.value = text !== undefined;
  const known = text !== undefined && /^[+-]/.test(text) && fields.some(({ name }) => name === text.slice(1));
  sorting.value = known ? { field: text.slice(1), descending: text.startsWith("-") } : null;
}
