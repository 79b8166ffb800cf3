/** How numbers become places on a ramp: a robust range, and a logarithm where the values are very skewed. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}

const SAMPLE = 20_000;
/** The range leaves out this share of the values at each end, so that one outlier doesn't flatten the rest. */
const TAIL = 0.01;
/** Positive values whose upper range is this many times their lower range get a logarithm. */
const SKEWED = 30;

/** Fit a scale to finite values; those that are NaN are left out. Identical values get a range of one. */
export function fitScale(values: ArrayLike<number>): Scale {
  const sorted = sampleOf(values).sort();
  if (sorted.length === 0) return { low: 0, high: 1, log: false };
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  let [low, high] = [at(TAIL), at(1 - TAIL)];
  if (low === high) [low, high] = [at(0), at(1)];
  if (low === high) return { low: low - 0.5, high: high + 0.5, log: false };
  const middle = at(0.5);
  const log = low > 0 && high - middle > SKEWED * (middle - low) && high / low > SKEWED;
  return { low, high, log };
}

/** Where a value lies on the scale, 0 … 1; values beyond the range lie at its ends. */
export function place({ low, high, log }: Scale, value: number): number {
  const t = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return value <= low ? 0 : Math.min(t, 1);
}

/** The value at a place: the inverse of `place`. */
export function valueAt({ low, high, log }: Scale, t: number): number {
  return log ? low * (high / low) ** t : low + (high - low) * t;
}

/** Count the values within the scale's range in equal bins. */
export function histogram(values: ArrayLike<number>, scale: Scale, bins: number): Uint32Array {
  const counts = new Uint32Array(bins);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= scale.low && value <= scale.high)) continue; // NaN too
    const bin = Math.min(Math.floor(place(scale, value) * bins), bins - 1);
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

function sampleOf(values: ArrayLike<number>): Float64Array {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const sample = new Float64Array(Math.ceil(values.length / step));
  let n = 0;
  for (let i = 0; i < values.length; i += step) {
    const value = values[i]!;
    if (Number.isFinite(value)) sample[n++] = value;
  }
  return sample.subarray(0, n);
}
