import { effect, type Signal, signal } from "@preact/signals";
import type { TableState } from "./table.ts";

/** The panel that asks in SQL. */
export interface SqlState {
  /** Whether the server answers SQL. */
  readonly offered: Signal<boolean>;
  readonly open: Signal<boolean>;
  /** What was asked last; null before the first question. */
  readonly query: Signal<string | null>;
}

export function createSql(): SqlState {
  return { offered: signal(false), open: signal(false), query: signal<string | null>(null) };
}

/** What an address says of the panel: the question asked, nothing while it is shut. */
export function sqlText({ open, query }: SqlState): string | undefined {
  return open.value ? (query.value ?? "") : undefined;
}

/** Follow an address. Nothing is asked before the reader says so. */
export function applySql({ open, query }: SqlState, text: string | undefined): void {
  open.value = text !== undefined;
  if (text) query.value = text;
}

/** Only one of both stands below the map: the one that was opened last. */
export function shareDrawer({ open }: SqlState, table: TableState): () => void {
  const endings = [
    effect(() => {
      if (open.value) table.open.value = false;
    }),
    effect(() => {
      if (table.open.value) open.value = false;
    }),
  ];
  return () => {
    for (const end of endings) end();
  };
}
