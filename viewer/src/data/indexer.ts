/** Keeps a picking index of the layout shown, built in a worker after the layout has been painted. */

import KDBush from "kdbush";
import type { Layout } from "../layers/layout.ts";
import { PickIndex } from "./picking.ts";
import type { IndexAnswer, IndexJob } from "./picking.worker.ts";

export class Indexer {
  /** The index of the newest layout, or null while it is being built. */
  index: PickIndex | null = null;
  private worker: Worker | null = null;
  private layout: Layout | null = null;
  private newest = 0;

  constructor(private readonly onReady: () => void) {}

  /** Index items 0 … count − 1 of a layout; whatever was being built before is dropped. */
  build(layout: Layout, count: number): void {
    this.worker ??= this.start();
    this.layout = layout;
    this.index = null;
    const job: IndexJob = { id: ++this.newest, layout, count };
    this.worker.postMessage(job);
  }

  dispose(): void {
    this.worker?.terminate();
    this.worker = null;
    this.index = null;
  }

  private start(): Worker {
    const worker = new Worker(new URL("./picking.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: { id, data } }: MessageEvent<IndexAnswer>) => {
      if (id !== this.newest || !this.layout) return;
      this.index = new PickIndex(KDBush.from(data), this.layout);
      this.onReady();
    };
    return worker;
  }
}
