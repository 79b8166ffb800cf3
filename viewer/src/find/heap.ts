/** The entry of least key first: a binary heap over numbers, for walks along a graph and for the best of many. */
export class Heap {
  private readonly keys: number[] = [];
  private readonly values: number[] = [];

  get size(): number {
    return this.keys.length;
  }

  /** The least key; Infinity where nothing is held. */
  get least(): number {
    return this.keys[0] ?? Number.POSITIVE_INFINITY;
  }

  push(key: number, value: number): void {
    let at = this.keys.length;
    this.put(at, key, value);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.keys[parent]! <= key) break;
      this.put(at, this.keys[parent]!, this.values[parent]!);
      at = parent;
    }
    this.put(at, key, value);
  }

  /** Take out the entry of least key. */
  pop(): { key: number; value: number } | null {
    if (this.size === 0) return null;
    const top = { key: this.keys[0]!, value: this.values[0]! };
    const key = this.keys.pop()!;
    const value = this.values.pop()!;
    if (this.size > 0) this.sink(key, value);
    return top;
  }

  private sink(key: number, value: number): void {
    const { keys, values, size } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && keys[child + 1]! < keys[child]!) child++;
      if (keys[child]! >= key) break;
      this.put(at, keys[child]!, values[child]!);
      at = child;
    }
    this.put(at, key, value);
  }

  private put(at: number, key: number, value: number): void {
    this.keys[at] = key;
    this.values[at] = value;
  }
}
