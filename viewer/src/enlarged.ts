/** Wide windows are read from afar: how much larger everything is in them. src/styles/large.css says the same. */

export interface Enlargement {
  /** Factor on panels and their words, and on the window's edges. */
  readonly panels: number;
  readonly edge: number;
  /** Factor on the names on the map. */
  readonly names: number;
}

const USUAL: Enlargement = { panels: 1, edge: 20, names: 1 };
const STEPS: readonly (readonly [number, Enlargement])[] = [
  [3200, { panels: 1.7, edge: 44, names: 2 }],
  [2200, { panels: 1.3, edge: 32, names: 1.5 }],
];

/** @param width the window's, CSS pixels. */
export function enlargementOf(width: number): Enlargement {
  return STEPS.find(([from]) => width >= from)?.[1] ?? USUAL;
}
