/** At which scales each label has room: solved once, so that nothing is decided, or flickers, while the map moves. */

/** A label as a box of constant size on screen (CSS pixels) around a map point. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The scale before which it is not wanted, CSS pixels per map unit. */
  readonly from: number;
  /** The scale from which it is gone. */
  readonly to?: number;
}

/**
 * Find the scale from which on each label is shown; earlier ones go first. Two labels i, j overlap up to the scale
 * min((w_i + w_j) / 2|Δx|, (h_i + h_j) / 2|Δy|), so a label waits for every earlier one that is there at that scale,
 * until they are apart or the earlier one goes. What is shown stays on zooming in, until its own end (the monotone case
 * of Been, Daiches & Yap 2006).
 */
export function intervals(labels: readonly Box[]): Float64Array {
  const from = new Float64Array(labels.length);
  labels.forEach((label, j) => {
    let scale = label.from;
    for (let i = 0; i < j; i++) {
      const other = labels[i] as Box;
      const apart = Math.min(
        (label.width + other.width) / 2 / Math.abs(label.x - other.x),
        (label.height + other.height) / 2 / Math.abs(label.y - other.y),
      );
      const together = Math.min(apart, other.to ?? apart);
      if (together > (from[i] as number)) scale = Math.max(scale, together);
    }
    from[j] = scale;
  });
  return from;
}
