/** Items gone through at once: a few milliseconds, so that the map never stalls. */
const SLICE = 131_072;

/** Do work on items 0 … count − 1, slice by slice; the page breathes in between. Raises the signal's AbortError. */
export async function inSlices(
  count: number,
  work: (from: number, to: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 0; from < count; from += SLICE) {
    if (from > 0) await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    work(from, Math.min(from + SLICE, count));
  }
}
