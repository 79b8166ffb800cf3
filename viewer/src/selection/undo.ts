/** Taking changes back: every change to what is chosen, filtered or tagged is a step, and changes in one breath are one. */

import { batch, effect, type Signal, signal, untracked } from "@preact/signals";

/** Something that can be put back to what it was. Its values are never changed in place. */
export interface Part<T = unknown> {
  read(): T;
  write(value: T): void;
  /** Keep a value in less space. */
  fold?(value: T): unknown;
  unfold?(folded: unknown): T;
  /** Whether every change is a step of its own: quick strokes are still two. */
  readonly distinct?: boolean;
  /** Whether the step from one value to the other is worth taking back. */
  same?(a: T, b: T): boolean;
}

/** A signal as it is. */
export function partOf<T>(value: Signal<T>): Part<T> {
  return {
    read: () => value.value,
    write: (old) => {
      value.value = old;
    },
  };
}

/** Changes of one part that follow each other within this are one: a slider moves in many steps. */
const BREATH_MS = 350;
const MOST_STEPS = 100;

/** The parts' values, each with whether it is folded. */
type Snapshot = [value: unknown, folded: boolean][];

export class Undo {
  readonly canUndo = signal(false);
  readonly canRedo = signal(false);
  private readonly past: Snapshot[] = [];
  private readonly future: Snapshot[] = [];
  private now: unknown[];
  private changedAt = 0;
  private changedPart = -1;
  private restoring = false;
  private readonly stop: () => void;

  constructor(
    private readonly parts: readonly Part[],
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.now = untracked(() => parts.map((part) => part.read()));
    this.stop = effect(() => {
      const values = parts.map((part) => part.read());
      untracked(() => this.note(values));
    });
  }

  undo(): boolean {
    return this.step(this.past, this.future);
  }

  redo(): boolean {
    return this.step(this.future, this.past);
  }

  /** Make a change that is no step: what was kept somewhere comes back. */
  quietly(change: () => void): void {
    this.restoring = true;
    batch(change);
    this.restoring = false;
    this.now = this.parts.map((part) => untracked(() => part.read()));
  }

  dispose(): void {
    this.stop();
  }

  private note(values: unknown[]): void {
    if (this.restoring) return;
    const changed = this.parts.findIndex(
      (part, k) => values[k] !== this.now[k] && !part.same?.(values[k], this.now[k]),
    );
    if (changed >= 0) {
      const at = this.clock();
      const slides = changed === this.changedPart && !this.parts[changed]!.distinct;
      const oneBreath = slides && at - this.changedAt < BREATH_MS;
      if (!oneBreath) this.past.push(this.snapshot());
      if (this.past.length > MOST_STEPS) this.past.shift();
      this.future.length = 0;
      [this.changedAt, this.changedPart] = [at, changed];
    }
    this.now = values;
    this.tell();
  }

  private step(from: Snapshot[], to: Snapshot[]): boolean {
    const snapshot = from.pop();
    if (!snapshot) return false;
    to.push(this.snapshot());
    const values = this.parts.map((part, k) => {
      const [value, folded] = snapshot[k]!;
      return folded && part.unfold ? part.unfold(value) : value;
    });
    this.restoring = true;
    batch(() => {
      for (const [k, part] of this.parts.entries()) if (values[k] !== this.now[k]) part.write(values[k]);
    });
    this.restoring = false;
    this.now = this.parts.map((part) => untracked(() => part.read()));
    this.changedPart = -1;
    this.tell();
    return true;
  }

  /** The values of now; they are folded once what is being done has been answered. */
  private snapshot(): Snapshot {
    const snapshot = this.now.map((value): Snapshot[number] => [value, false]);
    setTimeout(() => {
      this.parts.forEach((part, k) => {
        const [value, folded] = snapshot[k]!;
        if (part.fold && !folded) snapshot[k] = [part.fold(value), true];
      });
    });
    return snapshot;
  }

  private tell(): void {
    this.canUndo.value = this.past.length > 0;
    this.canRedo.value = this.future.length > 0;
  }
}
