/** Keeps the density shown in step with where the items stand and how they look. */

import type { DensityAnswer, DensityJob } from "../data/density.worker.ts";
import { type Layout, parcelOf } from "../layers/layout.ts";
import type { Renderer } from "../layers/renderer.ts";

/** Colours and light that change in quick succession (a brush) are followed at this pace. */
const PACE_MS = 120;

export class Haze {
  private worker: Worker | null = null;
  private wished = false;
  private layout: Layout | null = null;
  /** What the newest field, here or on its way, was computed for. */
  private asked: { layout: Layout; version: number } | null = null;
  private timer = 0;
  private newest = 0;
  private waiting = false;

  constructor(
    private readonly renderer: Renderer,
    private readonly wake: () => void,
  ) {}

  /** Whether the field shown is that of the layout at rest. */
  get settled(): boolean {
    return (
      !this.wished ||
      (!this.waiting && this.timer === 0 && this.layout === this.asked?.layout) ||
      !!this.layout?.pitch
    );
  }

  /** Show the density, or no more. */
  wish(wished: boolean): void {
    this.wished = wished;
    this.follow(this.layout);
  }

  /** Once a frame: ask for a new field where the layout at rest or its items' look is another. */
  follow(layout: Layout | null): void {
    this.layout = layout;
    if (!this.wished || !layout || layout.pitch) return; // on a grid all places are equally dense
    const { version } = this.renderer.style;
    if (this.asked?.layout === layout && this.asked.version === version) return;
    if (this.asked?.layout !== layout) this.ask();
    else if (this.timer === 0) this.timer = window.setTimeout(() => this.ask(), PACE_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.worker?.terminate();
  }

  private ask(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    const { layout } = this;
    if (!layout || !this.wished) return;
    const { words, version } = this.renderer.style;
    this.asked = { layout, version };
    this.waiting = true;
    this.worker ??= this.start();
    const parcel = parcelOf({ ...layout, fine: null }); // cells are fine enough for density
    const job: DensityJob = { id: ++this.newest, layout: parcel.layout, words };
    this.worker.postMessage(job, [...parcel.buffers, words.buffer]);
  }

  private start(): Worker {
    const worker = new Worker(new URL("../data/density.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: { id, field } }: MessageEvent<DensityAnswer>) => {
      if (id !== this.newest || !this.asked) return;
      this.waiting = false;
      this.renderer.setField(field, this.asked.layout);
      this.wake();
    };
    return worker;
  }
}
