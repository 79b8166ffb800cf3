/** Which items the table lists, and in what order: those chosen or those in view. */

import { effect, type Signal, signal, untracked } from "@preact/signals";
import type { MapBundle, Row } from "../bundle/index.ts";
import { allOf, itemsOf } from "../data/mask.ts";
import type { RowsWorker } from "../rows/client.ts";
import type { ViewState } from "../state.ts";
import type { MapView } from "../view.ts";
import { sortedByColumn } from "./order.ts";

/** Rows at once; of more, the first are an even sample of the map. */
export const MOST_ROWS = 200_000;
const PAUSE_MS = 250;
const KEPT_ROWS = 3000;

export class Listing {
  readonly items: Signal<Uint32Array> = signal(new Uint32Array(0));
  /** How many there are to list; more than `items` where these are the first of them. */
  readonly total = signal(0);
  readonly busy = signal(false);
  readonly problem = signal("");
  /** Raised when fields have arrived. */
  readonly arrived = signal(0);
  private readonly kept = new Map<number, Row>();
  private readonly asked = new Set<number>();
  private timer = 0;
  private turn = 0;
  private seen = "";

  constructor(
    private readonly bundle: MapBundle,
    private readonly state: ViewState,
    private readonly view: MapView,
    private readonly rows: RowsWorker,
  ) {}

  /** List what there is, and follow what changes it; returns what ends that. */
  follow(): () => void {
    const stop = effect(() => {
      const { table, chosen, passing, projection } = this.state;
      table.source.value;
      table.sorting.value;
      chosen.value;
      passing.value;
      projection.value;
      untracked(() => this.later(30));
    });
    const onFrame = () => {
      const { x, y, scale } = this.view.camera;
      const place = `${x} ${y} ${scale} ${innerWidth} ${innerHeight}`;
      if (place === this.seen || this.state.table.source.peek() === "chosen") return;
      this.seen = place;
      this.later(PAUSE_MS);
    };
    this.view.onFrame.add(onFrame);
    return () => {
      stop();
      clearTimeout(this.timer);
      this.view.onFrame.delete(onFrame);
    };
  }

  /** An item's fields, as far as they have arrived. */
  row(item: number): Row | undefined {
    return this.kept.get(item);
  }

  /** Ask for the fields of items that are about to be seen. */
  want(items: readonly number[]): void {
    const missing = items.filter((item) => !this.kept.has(item) && !this.asked.has(item));
    if (missing.length === 0 || !this.bundle.manifest.rows) return;
    for (const item of missing) this.asked.add(item);
    const fields = this.bundle.manifest.fields.map(({ name }) => name);
    this.rows
      .ask({ kind: "rows", items: Uint32Array.from(missing), fields })
      .then(
        (rows) => {
          for (const [k, item] of missing.entries()) this.kept.set(item, rows[k]!);
          for (const oldest of [...this.kept.keys()].slice(0, -KEPT_ROWS)) this.kept.delete(oldest);
        },
        (error: Error) => {
          this.problem.value = `Its fields could not be read: ${error.message}`;
        },
      )
      .finally(() => {
        for (const item of missing) this.asked.delete(item);
        this.arrived.value++;
      });
  }

  private later(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.list(), milliseconds);
  }

  private async list(): Promise<void> {
    const turn = ++this.turn;
    const { table, chosen, passing } = this.state;
    const mask =
      table.source.peek() === "chosen" && chosen.peek()
        ? chosen.peek()!
        : allOf([this.view.sight.itemsWithin(null), passing.peek()])!;
    const all = itemsOf(mask);
    const items = all.length > MOST_ROWS ? all.slice(0, MOST_ROWS) : all;
    this.problem.value = "";
    this.busy.value = true;
    try {
      const sorted = await this.sorted(items);
      if (turn !== this.turn) return;
      this.total.value = all.length;
      this.items.value = sorted;
    } catch (error) {
      if (turn === this.turn) this.problem.value = `It could not be sorted: ${(error as Error).message}`;
    }
    if (turn === this.turn) this.busy.value = false;
  }

  private async sorted(items: Uint32Array): Promise<Uint32Array> {
    const sorting = this.state.table.sorting.peek();
    if (!sorting) return items;
    const { columns, fields } = this.bundle.manifest;
    const column = columns.find(({ name }) => name === sorting.field);
    if (column)
      return sortedByColumn(items, column, await this.bundle.values(column.name), sorting.descending);
    const field = fields.find(({ name }) => name === sorting.field);
    if (!field || !this.bundle.manifest.rows) return items;
    const { name, type } = field;
    return this.rows.ask({ kind: "sort", items, field: { name, type }, descending: sorting.descending });
  }
}
