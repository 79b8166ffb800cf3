/** Turns the bytes of sprite pages into images, in a worker that starts with the first page. */

import type { DecodeAnswer, DecodeJob } from "./decode.worker.ts";

interface Waiting {
  resolve(image: ImageBitmap): void;
  reject(error: Error): void;
}

export class PageDecoder {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;

  /** @param premultiply whether colours are multiplied by their opacity, which filtering needs. */
  constructor(private readonly premultiply: boolean) {}

  decode(bytes: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
    const worker = this.worker ?? this.start();
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      const job: DecodeJob = { id, bytes, premultiply: this.premultiply };
      worker.postMessage(job, [bytes.buffer]);
    });
  }

  dispose(): void {
    this.worker?.terminate();
    this.worker = null;
    this.fail(new Error("the map was closed"));
  }

  private start(): Worker {
    const worker = new Worker(new URL("./decode.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => {
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.image) waiting?.resolve(data.image);
      else waiting?.reject(new Error(data.problem ?? "the page holds no image"));
    };
    worker.onerror = (event) => this.fail(new Error(`the decoding worker failed: ${event.message}`));
    this.worker = worker;
    return worker;
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
