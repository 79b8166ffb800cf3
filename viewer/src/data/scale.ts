/** How numbers become places on a ramp or an axis: a robust range, and a way to spread the values over it. */

/** Evenly; by powers of ten; or so that every stretch holds as many items. */
export const SCALE_KINDS = ["linear", "log", "quantile"] as const;
export type ScaleKind = (typeof SCALE_KINDS)[number];

export interface Scale {
  readonly kind: ScaleKind;
  readonly low: number;
  readonly high: number;
  /** On a logarithmic scale that reaches 0 or below: where it turns linear, as asinh(v / knee) does. */
  readonly knee?: number;
  /** Of a quantile scale: values at equal shares of the items, strictly ascending, and those shares, 0 … 1. */
  readonly quantiles?: { readonly values: Float64Array; readonly shares: Float64Array };
}

const SAMPLE = 20_000;
/** The range leaves out this share of the values at each end, so that one outlier doesn't flatten the rest. */
const TAIL = 0.01;
/** Positive values whose upper range is this many times their lower range get a logarithm. */
const SKEWED = 10;
const QUANTILES = 256;

/** Fit a scale to finite values; those that are NaN are left out. Identical values get a range of one. */
export function fitScale(values: ArrayLike<number>, wanted?: ScaleKind): Scale {
  const sorted = sampleOf(values).sort();
  if (sorted.length === 0) return { kind: "linear", low: 0, high: 1 };
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  if (wanted === "quantile" && at(0) < at(1)) return quantileScale(sorted);
  let [low, high] = [at(TAIL), at(1 - TAIL)];
  if (low === high) [low, high] = [at(0), at(1)];
  if (low === high) return { kind: "linear", low: low - 0.5, high: high + 0.5 };
  const middle = at(0.5);
  const skewed = low > 0 && high - middle > SKEWED * (middle - low) && high / low > SKEWED;
  const kind = wanted ?? (skewed ? "log" : "linear");
  return kind === "log" && low <= 0 ? { kind, low, high, knee: kneeOf(sorted) } : { kind, low, high };
}

/** The size of the smaller values beside zero: a twentieth of them is smaller. */
function kneeOf(sorted: Float64Array): number {
  const sizes = sorted.map(Math.abs).filter((size) => size > 0);
  sizes.sort();
  return sizes[Math.floor(0.05 * sizes.length)] ?? 1;
}

function quantileScale(sorted: Float64Array): Scale {
  const values: number[] = [];
  const shares: number[] = [];
  for (let k = 0; k <= QUANTILES; k++) {
    const value = sorted[Math.round((k / QUANTILES) * (sorted.length - 1))]!;
    if (value === values.at(-1))
      shares[shares.length - 1] = k / QUANTILES; // many alike: they stand at their last share
    else {
      values.push(value);
      shares.push(k / QUANTILES);
    }
  }
  shares[0] = 0;
  const quantiles = { values: Float64Array.from(values), shares: Float64Array.from(shares) };
  return { kind: "quantile", low: values[0]!, high: values.at(-1)!, quantiles };
}

/** Where a value lies on the scale, 0 … 1; values beyond the range lie at its ends. */
export function place(scale: Scale, value: number): number {
  return placer(scale)(value);
}

/** `place` for many values of one scale. */
export function placer(scale: Scale): (value: number) => number {
  const { low, high, quantiles } = scale;
  if (quantiles) return (value) => between(quantiles.values, quantiles.shares, value);
  if (scale.kind === "linear") {
    const factor = 1 / (high - low);
    return (value) => (value <= low ? 0 : value >= high ? 1 : (value - low) * factor);
  }
  const warp = warpOf(scale);
  const start = warp(low);
  const factor = 1 / (warp(high) - start);
  return (value) => (value <= low ? 0 : value >= high ? 1 : (warp(value) - start) * factor);
}

/** The value at a place: the inverse of `place`. */
export function valueAt(scale: Scale, t: number): number {
  const { low, high, knee, quantiles } = scale;
  if (quantiles) return between(quantiles.shares, quantiles.values, t);
  if (scale.kind === "linear") return low + (high - low) * t;
  if (knee === undefined) return low * (high / low) ** t;
  const warp = warpOf(scale);
  return knee * Math.sinh(warp(low) + (warp(high) - warp(low)) * t);
}

function warpOf({ knee }: Scale): (value: number) => number {
  return knee === undefined ? Math.log : (value) => Math.asinh(value / knee);
}

/** Interpolate: the y at x, where both tables ascend; beyond their ends, the ends. */
function between(xs: Float64Array, ys: Float64Array, x: number): number {
  let [first, last] = [0, xs.length - 1];
  if (x <= xs[0]!) return ys[0]!;
  if (x >= xs[last]!) return ys[last]!;
  while (last - first > 1) {
    const middle = (first + last) >> 1;
    if (xs[middle]! <= x) first = middle;
    else last = middle;
  }
  const t = (x - xs[first]!) / (xs[last]! - xs[first]!);
  return ys[first]! + (ys[last]! - ys[first]!) * t;
}

/** Count the values within the scale's range in equal bins. */
export function histogram(values: ArrayLike<number>, scale: Scale, bins: number): Uint32Array {
  const counts = new Uint32Array(bins);
  const placeOf = placer(scale);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= scale.low && value <= scale.high)) continue; // NaN too
    counts[Math.min(Math.floor(placeOf(value) * bins), bins - 1)]!++;
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
