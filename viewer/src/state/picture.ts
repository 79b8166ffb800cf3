import { type Signal, signal } from "@preact/signals";

/** The sheet that takes pictures, and what was last wished for there. */
export interface PictureState {
  readonly shown: Signal<boolean>;
  readonly format: Signal<"png" | "svg">;
  /** Pixels across; null is twice the screen's own. */
  readonly width: Signal<number | null>;
  /** Whether title, legend and source frame the map. */
  readonly caption: Signal<boolean>;
}

export function createPicture(): PictureState {
  return { shown: signal(false), format: signal("png"), width: signal(null), caption: signal(true) };
}
