import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Address } from "../address.ts";
import type { Frame, Manifest, Sequence } from "../bundle/index.ts";

/** Which sequence is shown in place of a projection, and where in it. */
export interface TimelineState {
  /** A sequence's name; null shows the projection. */
  readonly sequence: Signal<string | null>;
  /** Where in it: whole numbers are frames, what lies between is on the way from one to the next. */
  readonly at: Signal<number>;
  /** The frame nearest to that: what is told of it changes only from frame to frame. */
  readonly nearest: ReadonlySignal<number>;
  /** The frame last rested at, which is what a link names. */
  readonly frame: Signal<number>;
  readonly playing: Signal<boolean>;
  /** Whether the clock waits for a frame that is on its way. */
  readonly waiting: Signal<boolean>;
  /** Frames a second, as one of SPEEDS. */
  readonly speed: Signal<number>;
  /** Whether playing turns round at either end. */
  readonly loop: Signal<boolean>;
  /** The measure of quality that the strip shows; one that the frames don't have leaves the choice to the strip. */
  readonly measure: Signal<string>;
}

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

export function createTimeline(): TimelineState {
  const at = signal(0);
  return {
    sequence: signal<string | null>(null),
    at,
    nearest: computed(() => Math.round(at.value)),
    frame: signal(0),
    playing: signal(false),
    waiting: signal(false),
    speed: signal(1),
    loop: signal(false),
    measure: signal("trustworthiness"),
  };
}

/** The sequence shown, or null. */
export function sequenceOf(manifest: Manifest, { sequence }: TimelineState): Sequence | null {
  return manifest.sequences.find(({ name }) => name === sequence.value) ?? null;
}

/** The frame shown: the nearest where the points are between two. */
export function frameOf(sequence: Sequence, { nearest }: TimelineState): Frame {
  const last = sequence.frames.length - 1;
  return sequence.frames[Math.min(Math.max(nearest.value, 0), last)]!;
}

/** Set the timeline to an address; a sequence that this map doesn't have shows the projection. */
export function applyTimeline(timeline: TimelineState, manifest: Manifest, address: Address): void {
  const sequence = manifest.sequences.find(({ name }) => name === address.sequence);
  timeline.sequence.value = sequence?.name ?? null;
  const frame = sequence ? Math.min(address.frame ?? 0, sequence.frames.length - 1) : 0;
  timeline.playing.value = false;
  timeline.frame.value = timeline.at.value = frame;
  timeline.speed.value = SPEEDS.find((speed) => speed === address.speed) ?? 1;
  timeline.loop.value = address.loop ?? false;
}

/** What of the timeline travels in a link. */
export function addTimeline(timeline: TimelineState, address: Address): void {
  if (timeline.sequence.value === null) return;
  address.sequence = timeline.sequence.value;
  if (timeline.frame.value > 0) address.frame = timeline.frame.value;
  if (timeline.speed.value !== 1) address.speed = timeline.speed.value;
  if (timeline.loop.value) address.loop = true;
}

/** Change to the next slower or faster speed. */
export function changeSpeed({ speed }: TimelineState, by: 1 | -1): void {
  const at = SPEEDS.indexOf(speed.value as (typeof SPEEDS)[number]);
  speed.value = SPEEDS[Math.min(Math.max(at + by, 0), SPEEDS.length - 1)]!;
}
