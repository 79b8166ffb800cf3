/** Lays projections out without overlap, in a worker, and keeps the last of them. */

import { type Layout, parcelOf } from "./layout.ts";

/** Layouts kept: going back and forth between two projections computes nothing anew. */
const KEPT = 3;

export class Gridder {
  private worker: Worker | null = null;
  private readonly kept = new Map<string, Promise<Layout>>();
  /** Layouts are answered in the order they were asked for. */
  private last: Promise<unknown> = Promise.resolve();

  /** The projection's layout on a grid. */
  grid(layout: Layout): Promise<Layout> {
    const kept = this.kept.get(layout.name);
    if (kept) return kept;
    const answer = this.last.then(() => this.ask(layout));
    this.last = answer.catch(() => undefined);
    this.kept.set(layout.name, answer);
    answer.catch(() => this.kept.delete(layout.name));
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
    return answer;
  }

  dispose(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private ask(layout: Layout): Promise<Layout> {
    this.worker ??= new Worker(new URL("../data/grid.worker.ts", import.meta.url), { type: "module" });
    const { worker } = this;
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Layout>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message || "the grid could not be computed"));
      const parcel = parcelOf(layout);
      worker.postMessage(parcel.layout, parcel.buffers);
    });
  }
}
