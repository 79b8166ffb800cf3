/** Items in the order in which they answer a question, the best first. */
export interface Ranked {
  readonly items: readonly number[];
  /** How far each is from what was asked for; null where nothing was measured. */
  readonly distances: readonly number[] | null;
  /** How many of the first distances are true; later ones are lengths of ways along the graph, never less than the truth. */
  readonly exact: number;
}

export function rankedAs(items: readonly number[], distances: readonly number[] | null): Ranked {
  return { items, distances, exact: items.length };
}

/** The first few of a ranking. */
export function first({ items, distances, exact }: Ranked, count: number): Ranked {
  if (items.length <= count) return { items, distances, exact };
  return {
    items: items.slice(0, count),
    distances: distances?.slice(0, count) ?? null,
    exact: Math.min(exact, count),
  };
}
