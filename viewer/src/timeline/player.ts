/** Moves a timeline: the hand scrubs it, the clock plays it, and at rest it stands on a frame. */

import { batch, effect, type ReadonlySignal } from "@preact/signals";
import type { MapBundle } from "../bundle/index.ts";
import { FrameLoop } from "../interaction/loop.ts";
import { GLIDE_MS } from "../layers/glide.ts";
import type { Surveyed } from "../layers/transition.ts";
import type { TimelineState } from "../state/timeline.ts";
import { type Arrange, FrameStore } from "./frames.ts";

/** What shows the frames. */
export interface Screen {
  showFrame(frame: Surveyed, animate: boolean): void;
  holdBetween(from: Surveyed, to: Surveyed, t: number): void;
  readonly arrange: Arrange;
}

interface PlayerOptions {
  readonly still: boolean;
  readonly tell: (what: string, error: Error) => void;
  /** Whether the screen arranges items on a grid: when that changes, the frames are read anew. */
  readonly gridded: ReadonlySignal<boolean>;
}

/** Milliseconds from frame to frame: played at speed 1, stepped, and let go between two. */
const PLAY_MS = 1000;
const STEP_MS = 450;
const SNAP_MS = 220;

interface Easing {
  readonly from: number;
  readonly to: number;
  readonly milliseconds: number;
  elapsed: number;
}

export class Player {
  /** Whether nothing is moved between frames, but shown frame by frame. */
  still: boolean;
  private store: FrameStore | null = null;
  private readonly loop = new FrameLoop((milliseconds) => this.tick(milliseconds));
  private direction: 1 | -1 = 1;
  private easing: Easing | null = null;
  /** Where the clock is; with `still` the points follow it a whole frame at a time. */
  private clock = 0;
  /** Milliseconds before the clock goes on: the way back to the first frame takes its time. */
  private pause = 0;
  /** Whether the points stand between two frames, and follow `at` as frames arrive. */
  private held = false;
  /** The frame last rested at. */
  private standing = 0;

  constructor(
    private readonly bundle: MapBundle,
    private readonly state: TimelineState,
    private readonly screen: Screen,
    private readonly options: PlayerOptions,
  ) {
    this.still = options.still;
  }

  /** Frames in memory. */
  get framesHeld(): number {
    return this.store?.held ?? 0;
  }

  /** Follow the state's sequence and frame from now on; returns when what they name is shown. */
  follow(): Promise<void> {
    let first: Promise<void> | null = null;
    effect(() => {
      this.options.gridded.value;
      const opening = this.open(this.state.sequence.value, first !== null);
      first ??= opening;
    });
    effect(() => {
      const frame = this.state.frame.value;
      if (this.store && frame !== this.standing) void this.rest(frame); // a link, or "back", has moved it
    });
    return first!;
  }

  /** Take the points along to a place: what a hand on the slider does. */
  scrub(at: number): void {
    if (!this.store) return;
    this.stop();
    this.direction = at < this.state.at.peek() ? -1 : 1;
    this.move(at);
  }

  /** The hand has let go: the points go on to the nearest frame, for only frames are data. */
  release(): void {
    if (this.store && !this.state.playing.peek()) this.goTo(Math.round(this.state.at.peek()), SNAP_MS);
  }

  /** Go to the next frame, or the one before. */
  step(by: 1 | -1): void {
    const target = this.easing?.to ?? Math.round(this.state.at.peek());
    this.goTo(target + by, STEP_MS);
  }

  goTo(frame: number, milliseconds = STEP_MS): void {
    if (!this.store) return;
    const to = Math.min(Math.max(frame, 0), this.store.last);
    const from = this.state.at.peek();
    this.stop();
    this.direction = to < from ? -1 : 1;
    if (from === to || this.still) {
      void this.rest(to);
      return;
    }
    this.easing = { from, to, milliseconds, elapsed: 0 };
    this.loop.wake();
  }

  toggle(): void {
    if (this.state.playing.peek()) this.halt();
    else this.play();
  }

  play(): void {
    if (!this.store || this.store.last === 0) return;
    this.easing = null;
    this.pause = 0;
    const { at, loop } = this.state;
    if (at.peek() >= this.store.last) {
      this.direction = loop.peek() ? -1 : 1;
      if (!loop.peek()) this.rewind();
    } else this.direction = loop.peek() ? this.direction : 1;
    this.clock = at.peek();
    this.state.playing.value = true;
    this.loop.wake();
  }

  /** Stop the clock; the points go on to the nearest frame. */
  private halt(): void {
    this.goTo(Math.round(this.state.at.peek()), SNAP_MS);
  }

  private stop(): void {
    this.easing = null;
    batch(() => {
      this.state.playing.value = false;
      this.state.waiting.value = false;
    });
  }

  private rewind(): void {
    void this.rest(0, true);
    this.pause = this.still ? PLAY_MS : GLIDE_MS;
  }

  private async open(name: string | null, animate: boolean): Promise<void> {
    this.store?.close();
    this.store = null;
    this.held = false;
    this.stop();
    const sequence = this.bundle.manifest.sequences.find((one) => one.name === name);
    if (!sequence) return;
    this.store = new FrameStore(this.bundle, sequence, {
      arrange: this.screen.arrange,
      onArrival: () => this.arrived(),
      onFailure: (frame, error) => this.fail(frame, error),
    });
    await this.rest(Math.min(Math.round(this.state.at.peek()), this.store.last), animate);
  }

  /** Stand on a frame; `animate` glides to it from elsewhere. */
  private async rest(frame: number, animate = false): Promise<void> {
    const { store, state } = this;
    if (!store) return;
    this.standing = frame;
    batch(() => {
      state.at.value = frame;
      state.frame.value = frame;
    });
    try {
      const shown = await store.load(frame);
      if (store !== this.store || state.at.peek() !== frame) return;
      this.held = false;
      this.screen.showFrame(shown, animate);
      store.want(frame, this.direction);
    } catch (error) {
      if (store === this.store) this.fail(frame, error as Error);
    }
  }

  /** Show the points at a place, as far as the frames it lies between are here. */
  private move(at: number): void {
    const { store, state } = this;
    if (!store || store.last === 0) return;
    const place = Math.min(Math.max(at, 0), store.last);
    state.at.value = place;
    store.want(place, this.direction);
    if (this.still) {
      const frame = store.peek(Math.round(place));
      if (frame) this.screen.showFrame(frame, false);
      return;
    }
    this.held = true;
    this.hold();
  }

  private hold(): void {
    const at = this.state.at.peek();
    const low = Math.min(Math.floor(at), this.store!.last - 1);
    const from = this.store!.peek(low);
    const to = this.store!.peek(low + 1);
    if (from && to) this.screen.holdBetween(from, to, at - low);
  }

  private arrived(): void {
    if (this.held) this.hold();
    if (this.state.waiting.peek()) this.loop.wake();
  }

  private fail(frame: number, error: Error): void {
    const sequence = this.store?.sequence;
    if (sequence) this.options.tell(`${sequence.title}, frame ${sequence.frames[frame]!.name},`, error);
    if (this.state.playing.peek()) this.halt();
  }

  /** One step of the clock or of an easing; returns whether another follows. */
  private tick(milliseconds: number): boolean {
    if (!this.store) return false;
    if (this.easing) return this.ease(this.easing, milliseconds);
    if (!this.state.playing.peek()) return false;
    this.pause -= milliseconds;
    return this.pause > 0 || this.advance(milliseconds);
  }

  private ease(easing: Easing, milliseconds: number): boolean {
    easing.elapsed = Math.min(easing.elapsed + milliseconds, easing.milliseconds);
    const t = easing.elapsed / easing.milliseconds;
    if (t >= 1) {
      this.easing = null;
      void this.rest(easing.to);
      return false;
    }
    this.move(easing.from + (easing.to - easing.from) * t * t * (3 - 2 * t));
    return true;
  }

  private advance(milliseconds: number): boolean {
    const store = this.store!;
    const { loop, speed, waiting } = this.state;
    const wished = this.clock + (this.direction * milliseconds * speed.peek()) / PLAY_MS;
    const next = Math.min(Math.max(wished, 0), store.last);
    const needed = [Math.floor(next), Math.ceil(next)];
    waiting.value = needed.some((frame) => !store.peek(frame));
    if (waiting.peek()) {
      store.want(next, this.direction);
      if (needed.some((frame) => store.isLost(frame))) this.halt();
      return false; // until a frame arrives
    }
    this.clock = next;
    const atEnd = this.clock === (this.direction > 0 ? store.last : 0);
    if (atEnd && !loop.peek()) {
      this.stop();
      void this.rest(this.clock);
      return false;
    }
    if (atEnd) this.direction = this.direction > 0 ? -1 : 1;
    this.move(this.still ? Math.round(this.clock) : this.clock);
    return true;
  }
}
