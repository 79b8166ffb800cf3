/** The page's end of the rows' workers. */

import type { MapBundle } from "../bundle/index.ts";
import type { Answers, Job, Message, Opening } from "./jobs.ts";

export type { FieldLike, TermsAnswer } from "./jobs.ts";

interface Waiting {
  resolve(answer: never): void;
  reject(error: Error): void;
  onProgress?: ((share: number) => void) | undefined;
}

export interface AskOptions {
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** One worker; started when it is first asked. Jobs run side by side; an aborted one is no longer listened to. */
export class RowsWorker {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private newest = 0;

  constructor(private readonly bundle: MapBundle) {}

  ask<K extends Job["kind"]>(
    job: Extract<Job, { kind: K }>,
    { onProgress, signal }: AskOptions = {},
  ): Promise<Answers[K]> {
    const id = ++this.newest;
    this.worker ??= this.start();
    this.worker.postMessage({ id, job });
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (answer: never) => void, reject, onProgress });
      signal?.addEventListener("abort", () => {
        if (!this.waiting.delete(id)) return; // it has its answer
        reject(new DOMException("given up", "AbortError"));
        if (this.waiting.size === 0) this.dispose(); // nobody waits for what it does
      });
    });
  }

  dispose(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private start(): Worker {
    const worker = new Worker(new URL("./rows.worker.ts", import.meta.url), { type: "module" });
    const { manifest, source } = this.bundle;
    const opening: Opening = { kind: "open", base: source.base.href, rows: manifest.rows! };
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      const waiting = this.waiting.get(data.id);
      if (!waiting) return;
      if ("progress" in data) {
        waiting.onProgress?.(data.progress);
        return;
      }
      this.waiting.delete(data.id);
      if ("error" in data) waiting.reject(new Error(data.error));
      else waiting.resolve(data.answer as never);
    };
    worker.onerror = ({ message }) => this.fail(message || "what reads them could not be loaded");
    worker.postMessage(opening);
    return worker;
  }

  /** Tell all who wait that the worker has failed; the next who asks gets another one. */
  private fail(message: string): void {
    this.dispose();
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(new Error(message));
  }
}
