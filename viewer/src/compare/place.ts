/** What the second map shows: a projection, or one frame of a sequence. */

import type { Manifest } from "../bundle/index.ts";
import { captionOf } from "../timeline/words.ts";

/** A layout as a link names it: "pca", or "spectrum@3" for the fourth frame of a sequence. */
export type LayoutName = string;

export interface Named {
  readonly name: LayoutName;
  readonly title: string;
  readonly sequence: string | null;
  readonly frame: number;
}

/** Every layout of a map, projections first. */
export function layoutsOf({ projections, sequences }: Manifest): Named[] {
  const plain = projections.map(({ name, title }) => ({ name, title, sequence: null, frame: 0 }));
  const frames = sequences.flatMap((sequence) =>
    sequence.frames.map((frame, k) => ({
      name: `${sequence.name}@${k}`,
      title: captionOf(sequence, frame),
      sequence: sequence.name,
      frame: k,
    })),
  );
  return [...plain, ...frames];
}

/** What to set beside what is shown: another projection, or the other end of the sequence. */
export function otherThan(
  manifest: Manifest,
  projection: string,
  sequence: string | null,
): LayoutName | null {
  const layouts = layoutsOf(manifest);
  if (sequence !== null) return layouts.filter((one) => one.sequence === sequence).at(-1)?.name ?? null;
  const others = layouts.filter(({ name }) => name !== projection);
  return others[0]?.name ?? null;
}
