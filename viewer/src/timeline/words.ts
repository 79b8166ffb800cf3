/** What the frames of a sequence are called. */

import type { Frame, Sequence } from "../bundle/index.ts";

/** What a kind of sequence is ordered by, and what its ends mean. */
interface Kind {
  readonly unit: string;
  readonly words: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  spectrum: {
    unit: "Attraction",
    words:
      "How strongly neighbours pull against what pushes all apart: 1 is t-SNE, about 4 looks like UMAP, 32 comes near Laplacian eigenmaps.",
  },
  run: { unit: "Epoch", words: "The same items as a model learns, epoch by epoch." },
};

/** The kind's unit and words; a kind that this viewer does not know has frames, and needs no words. */
export function kindOf({ kind }: Sequence): Kind {
  return KINDS[kind] ?? { unit: "Frame", words: "" };
}

/** A frame in a few words: "Attraction 4", or its own name where that says more. */
export function captionOf(sequence: Sequence, { name }: Frame): string {
  return /^[-+\d.,eE ]+$/.test(name) ? `${kindOf(sequence).unit} ${name}` : name;
}

/** Where the timeline is, for those who can't see it. */
export function positionText(sequence: Sequence, frame: Frame): string {
  const at = sequence.frames.indexOf(frame);
  return `${captionOf(sequence, frame)}, frame ${at + 1} of ${sequence.frames.length}`;
}
