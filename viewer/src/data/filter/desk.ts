/** The worker's desk: takes jobs as they come, reads columns when they are first needed, answers the newest. */

import type { Column, Values } from "../../bundle/index.ts";
import type { ScaleKind } from "../scale.ts";
import { FilterEngine } from "./engine.ts";
import { binned } from "./facet.ts";
import type { FilterAnswer, FilterJob, RulesJob, WatchedFacet } from "./messages.ts";
import type { Rules } from "./rules.ts";

type Answer = (answer: FilterAnswer, transfer?: Transferable[]) => void;
/** Reads a column's stored values. */
type Read = (column: Column) => Promise<Values>;

export class FilterDesk {
  private readonly engine: FilterEngine;
  private readonly columns: ReadonlyMap<string, Column>;
  private readonly reading = new Map<string, Promise<void>>();
  /** The scale that each column was last binned by. */
  private readonly scales = new Map<string, ScaleKind | undefined>();
  private watched: readonly WatchedFacet[] = [];
  private job: RulesJob | null = null;
  private busy = false;
  private stale = false;

  constructor(
    columns: readonly Column[],
    count: number,
    private readonly read: Read,
    private readonly answer: Answer,
  ) {
    this.columns = new Map(columns.map((column) => [column.name, column]));
    this.engine = new FilterEngine(count);
  }

  take(job: Exclude<FilterJob, { kind: "open" }>): void {
    if (job.kind === "rules") this.job = job;
    else this.watch(job.facets);
    this.stale = true;
    void this.work();
  }

  /** Do what is to be done, newest first, until nothing is; jobs that come meanwhile are seen between two steps. */
  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    while (this.stale) {
      await turn(); // let jobs that wait replace older ones
      if (this.job) {
        const job = this.job;
        this.job = null;
        await this.filter(job);
        continue;
      }
      this.stale = false;
      this.tellCounts();
      await turn();
      if (!this.stale) this.engine.prepare(); // for the brush's next step
    }
    this.busy = false;
  }

  private async filter({ id, rules }: RulesJob): Promise<void> {
    const columns = rules.filters.map(({ column }) => column);
    for (const column of columns) {
      const message = await this.bring(column).then(
        () => null,
        (error: Error) => error.message,
      );
      if (message !== null) return this.answer({ kind: "trouble", column, message, id });
    }
    if (this.job) return; // a newer one has come
    this.apply(id, rules);
  }

  private apply(id: number, rules: Rules): void {
    const started = performance.now();
    this.engine.apply(rules);
    const mask = this.engine.mask();
    const { matching } = this.engine;
    const took = performance.now() - started;
    this.answer({ kind: "mask", id, mask, matching, took }, mask ? [mask.buffer] : []);
  }

  private tellCounts(): void {
    const ready = this.watched.filter(({ column }) => this.engine.has(column));
    const counts = ready.map(({ column }) => ({ column, counts: this.engine.counts(column).slice() }));
    const buffers = counts.map((one) => one.counts.buffer);
    if (counts.length > 0) this.answer({ kind: "counts", counts }, buffers);
  }

  private watch(facets: readonly WatchedFacet[]): void {
    for (const { column } of this.watched)
      if (!facets.some((facet) => facet.column === column)) this.engine.forget(column);
    this.watched = facets;
    for (const { column, scale } of facets) {
      const known = this.engine.has(column) && this.scales.get(column) === scale;
      const binning = known ? this.bring(column) : this.bring(column).then(() => this.binAnew(column, scale));
      binning.then(
        () => {
          this.stale = true;
          void this.work();
        },
        (error: Error) => this.answer({ kind: "trouble", column, message: error.message, id: null }),
      );
    }
  }

  /** Bin a column by another scale; its values are read again (from the browser's cache) rather than kept twice. */
  private async binAnew(name: string, scale: ScaleKind | undefined): Promise<void> {
    if (this.scales.get(name) === scale) return;
    this.scales.set(name, scale);
    const values = await this.read(this.columns.get(name)!);
    if (this.scales.get(name) === scale) this.bin(name, values, scale);
  }

  /** Read a column, once; one that failed is tried again when it is asked for again. */
  private bring(name: string): Promise<void> {
    const begun = this.reading.get(name);
    if (begun) return begun;
    const column = this.columns.get(name);
    if (!column) return Promise.reject(new RangeError(`this map has no column ${JSON.stringify(name)}`));
    const reading = this.read(column).then((values) => this.bin(name, values, undefined));
    reading.catch(() => this.reading.delete(name));
    this.reading.set(name, reading);
    return reading;
  }

  private bin(name: string, values: Values, scale: ScaleKind | undefined): void {
    const { facet, column } = binned(this.columns.get(name)!, values, scale);
    this.engine.setColumn(name, column);
    this.answer({ kind: "facet", column: name, facet });
  }
}

/** Let messages that wait be taken; a timer would be slowed down. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
