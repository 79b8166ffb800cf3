/** Searches the map's texts in a worker that starts with the first search. */

import type { MapBundle } from "../bundle/index.ts";
import { matcherOf } from "./query.ts";
import type { TextAnswer, TextJob } from "./texts.worker.ts";

/** A window of rows takes far less; an expression that backtracks for ever is stopped after this. */
const PATIENCE_MS = 15_000;

export interface Listener {
  found(items: Uint32Array, done: number): void;
  failed(message: string): void;
}

export class TextSearch {
  private worker: Worker | null = null;
  private newest = 0;
  private listener: Listener | null = null;
  private watch: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly bundle: MapBundle) {}

  /** Search some fields, or with null all, for a text or a /pattern/; raises QueryError. What was searched before is given up. */
  search(text: string, fields: readonly string[] | null, listener: Listener): void {
    matcherOf(text);
    this.worker ??= this.start();
    this.listener = listener;
    this.post({ id: ++this.newest, text, fields });
    this.expect();
  }

  stop(): void {
    this.listener = null;
    clearTimeout(this.watch);
    if (this.worker) this.post({ id: ++this.newest });
  }

  private post(job: TextJob): void {
    this.worker?.postMessage(job);
  }

  private start(): Worker {
    const worker = new Worker(new URL("./texts.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<TextAnswer>) => {
      if (data.id !== this.newest || !this.listener) return;
      if (data.done === 1 || data.problem !== undefined) clearTimeout(this.watch);
      else this.expect();
      if (data.problem !== undefined) this.listener.failed(data.problem);
      else this.listener.found(data.items!, data.done!);
    };
    worker.onerror = (event) => this.listener?.failed(`the search failed: ${event.message}`);
    const { manifest, source } = this.bundle;
    worker.postMessage({ manifest, base: source.base.href } satisfies TextJob);
    return worker;
  }

  private expect(): void {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => {
      this.worker?.terminate();
      this.worker = null;
      this.listener?.failed("This takes too long. A simpler expression may be quicker.");
    }, PATIENCE_MS);
  }
}
