/** Keeps a picking index of the layout shown, built in a worker after the layout has been painted. */

import KDBush from "kdbush";
import { type Layout, parcelOf } from "../layers/layout.ts";
import { PickIndex } from "./picking.ts";
import type { IndexAnswer, IndexJob } from "./picking.worker.ts";

export class Indexer {
  /** The index of the newest layout, or null while it is being built. */
  index: PickIndex | null = null;
  private worker: Worker | null = null;
  /** What is being indexed, and what is to be next: as parts arrive, those between are left out. */
  private running: IndexJob | null = null;
  private next: IndexJob | null = null;

  private begun = false;

  /** @param start when there is time for it: nothing is indexed before. */
  constructor(
    private readonly onReady: () => void,
    start: Promise<void>,
  ) {
    void start.then(() => {
      this.begun = true;
      if (!this.running) this.start();
    });
  }

  /** Index items 0 … count − 1 of a layout; whatever was to be indexed before is dropped. */
  build(layout: Layout, count: number): void {
    this.index = null;
    this.next = { layout, count };
    if (this.begun && !this.running) this.start();
  }

  dispose(): void {
    this.worker?.terminate();
    this.worker = this.running = this.next = null;
    this.index = null;
  }

  private start(): void {
    if (!this.next) return;
    this.running = this.next;
    this.next = null;
    this.worker ??= this.open();
    const { count } = this.running;
    const { layout, buffers } = parcelOf(this.running.layout, count);
    const job: IndexJob = { layout, count };
    this.worker.postMessage(job, buffers);
  }

  private open(): Worker {
    const worker = new Worker(new URL("./picking.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: { data } }: MessageEvent<IndexAnswer>) => {
      const { running } = this;
      this.running = null;
      if (this.next || !running) {
        this.start();
        return;
      }
      this.index = new PickIndex(KDBush.from(data), running.layout);
      this.onReady();
    };
    return worker;
  }
}
