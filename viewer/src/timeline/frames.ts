/** The frames of a sequence: read ahead of the hand, and kept as long as there is room. */

import type { MapBundle, Sequence } from "../bundle/index.ts";
import { frameOf } from "../camera/frame.ts";
import type { Layout } from "../layers/layout.ts";
import { SURVEYED, survey } from "../layers/spacing.ts";
import type { Surveyed } from "../layers/transition.ts";

/** Memory for positions: 24 frames of a million items, all of any spectrum of fewer. */
const KEPT_BYTES = 96 * 2 ** 20;
const LEAST_KEPT = 4;
/** Frames read ahead of the place that is shown, at either side. */
const AHEAD = 8;
const AT_ONCE = 2;

/** Arranges a frame's items otherwise than the frame has them, e.g. on a grid; or leaves them where they are. */
export type Arrange = (layout: Layout) => Layout | Promise<Layout>;

/** What a store tells and asks. */
export interface FrameUser {
  readonly arrange: Arrange;
  /** A frame is there. */
  onArrival(frame: number): void;
  /** One that was only read ahead could not be read; it is not asked for again until it is loaded. */
  onFailure(frame: number, error: Error): void;
}

export class FrameStore {
  /** Frames by number, the least recently wanted first. */
  private readonly kept = new Map<number, Surveyed>();
  private readonly loading = new Map<number, Promise<Surveyed>>();
  private readonly failed = new Set<number>();
  private wanted: readonly number[] = [];
  private readonly closing = new AbortController();
  private readonly capacity: number;

  constructor(
    private readonly bundle: MapBundle,
    readonly sequence: Sequence,
    private readonly user: FrameUser,
  ) {
    this.capacity = Math.max(Math.floor(KEPT_BYTES / (bundle.count * 4)), LEAST_KEPT);
  }

  get last(): number {
    return this.sequence.frames.length - 1;
  }

  /** How many frames are in memory. */
  get held(): number {
    return this.kept.size;
  }

  /** The frame if it is here. */
  peek(frame: number): Surveyed | null {
    return this.kept.get(frame) ?? null;
  }

  /** Whether the frame could not be read. */
  isLost(frame: number): boolean {
    return this.failed.has(frame);
  }

  /** Read a frame, or take it from memory. Raises MapError. */
  load(frame: number): Promise<Surveyed> {
    const here = this.peek(frame);
    if (here) return Promise.resolve(here);
    const loading = this.loading.get(frame) ?? this.read(frame);
    this.loading.set(frame, loading);
    return loading;
  }

  /** Read what is needed at a place between two frames, then what lies around it: what is ahead first. */
  want(at: number, direction: 1 | -1): void {
    this.wanted = around(at, direction, this.last, Math.min(AHEAD, Math.floor(this.capacity / 2) - 1));
    for (const frame of [...this.wanted].reverse()) {
      const here = this.kept.get(frame);
      if (!here) continue;
      this.kept.delete(frame); // to the end of the map: most recently wanted
      this.kept.set(frame, here);
    }
    this.readOn();
  }

  close(): void {
    this.closing.abort();
    this.wanted = [];
    this.kept.clear();
  }

  private readOn(): void {
    const missing = this.wanted.filter(
      (frame) => !this.kept.has(frame) && !this.loading.has(frame) && !this.failed.has(frame),
    );
    for (const frame of missing.slice(0, Math.max(AT_ONCE - this.loading.size, 0))) {
      this.load(frame).catch((error: Error) => {
        if (!this.closing.signal.aborted) this.user.onFailure(frame, error);
      });
    }
  }

  private async read(number: number): Promise<Surveyed> {
    try {
      const { bundle, sequence, user, closing } = this;
      const surveyed = await readFrame(bundle, sequence, number, user.arrange, closing.signal);
      this.failed.delete(number);
      this.kept.set(number, surveyed);
      for (const oldest of [...this.kept.keys()].slice(0, -this.capacity)) this.kept.delete(oldest);
      return surveyed;
    } catch (error) {
      this.failed.add(number);
      throw error;
    } finally {
      this.loading.delete(number);
      if (this.kept.has(number)) this.user.onArrival(number);
      if (!this.closing.signal.aborted) this.readOn();
    }
  }
}

/** Read a frame, arrange its items, and survey them. */
async function readFrame(
  bundle: MapBundle,
  sequence: Sequence,
  number: number,
  arrange: Arrange,
  signal: AbortSignal,
): Promise<Surveyed> {
  const cells = await bundle.frame(sequence.frames[number]!, { signal });
  signal.throwIfAborted();
  const name = `${sequence.name} ${number}`;
  const layout = await arrange({ name, frame: frameOf(sequence.extent), cells, fine: null });
  signal.throwIfAborted();
  return { layout, survey: survey(layout, Math.min(bundle.count, SURVEYED), bundle.count) };
}

/** Reads single frames, of any sequence, one after the other. */
export interface FrameReader {
  read(sequence: string, frame: number): Promise<Surveyed>;
  close(): void;
}

export function frameReader(bundle: MapBundle, arrange: Arrange): FrameReader {
  const closing = new AbortController();
  return {
    read: (name, frame) => readFrame(bundle, bundle.sequence(name), frame, arrange, closing.signal),
    close: () => closing.abort(),
  };
}

/** The frames about a place, most needed first: the two it lies between, then those ahead, then those behind. */
export function around(at: number, direction: 1 | -1, last: number, reach: number): number[] {
  const [low, high] = [Math.floor(at), Math.ceil(at)];
  const near = direction > 0 ? [low, high] : [high, low];
  const ahead = Array.from({ length: reach }, (_, k) => (direction > 0 ? high + 1 + k : low - 1 - k));
  const behind = Array.from({ length: reach }, (_, k) => (direction > 0 ? low - 1 - k : high + 1 + k));
  const all = [...near, ...ahead.flatMap((frame, k) => [frame, behind[k]!])];
  return [...new Set(all)].filter((frame) => frame >= 0 && frame <= last);
}
