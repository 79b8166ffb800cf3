/** Which page is in which layer: a fixed number of layers, the least recently used one given up first. */

export class PageLayers {
  /** Page → layer, least recently used first (a Map keeps the order of insertion). */
  private readonly held = new Map<number, number>();
  private readonly free: number[];

  constructor(readonly layers: number) {
    this.free = Array.from({ length: layers }, (_, k) => layers - 1 - k);
  }

  has(page: number): boolean {
    return this.held.has(page);
  }

  get size(): number {
    return this.held.size;
  }

  /** Mark a page as used just now. */
  touch(page: number): void {
    const layer = this.held.get(page);
    if (layer === undefined) return;
    this.held.delete(page);
    this.held.set(page, layer);
  }

  /** Find a layer for a page that is not held, giving up the least recently used one, named in `evicted`. */
  place(page: number): { layer: number; evicted: number | null } {
    if (this.held.has(page)) throw new RangeError(`page ${page} already has a layer`);
    let evicted: number | null = null;
    let layer = this.free.pop();
    if (layer === undefined) {
      const [oldest] = this.held as Iterable<[number, number]>;
      if (!oldest) throw new RangeError("there are no layers");
      [evicted, layer] = oldest;
      this.held.delete(evicted);
    }
    this.held.set(page, layer);
    return { layer, evicted };
  }
}

/**
 * Choose the pages to hold for the items in view: those with most items first, at most as many as there are layers.
 * A page that is out of this list is drawn from the coarser level.
 */
export function wantedPages(items: ArrayLike<number>, cells: number, layers: number): number[] {
  const counts = new Map<number, number>();
  for (let k = 0; k < items.length; k++) {
    const page = Math.floor((items[k] as number) / cells);
    counts.set(page, (counts.get(page) ?? 0) + 1);
  }
  const pages = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return pages.slice(0, layers).map(([page]) => page);
}
