/**
 * Numbers and times as signed 32-bit integers that sort alike: whether one lies within bounds is then two comparisons of
 * small integers, and every column is filtered by the same few machine instructions.
 */

/** The key of what is not there: above all others. */
export const MISSING_KEY = 0x7fff_ffff;
export const LEAST_KEY = -0x8000_0000;

const float = new Float32Array(1);
const word = new Int32Array(float.buffer);

/** Single-precision numbers: of negative ones the bits below the sign are turned round; −0 counts as 0. */
export function floatKeys(values: Float32Array): Int32Array {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const keys = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    keys[i] = Number.isNaN(value) ? MISSING_KEY : keyOf(value === 0 ? 0 : bits[i]!);
  }
  return keys;
}

/** Unsigned times: the same bits with the highest turned round. */
export function timeKeys(values: Uint32Array): Int32Array {
  const keys = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) keys[i] = values[i]! ^ LEAST_KEY;
  return keys;
}

/** The least key whose number is at least `value`. */
export function floatKeyFrom(value: number): number {
  const rounded = Math.fround(value);
  const key = keyAt(rounded);
  return rounded < value ? key + 1 : key;
}

/** The greatest key whose number is at most `value`. */
export function floatKeyUntil(value: number): number {
  const rounded = Math.fround(value);
  const key = keyAt(rounded);
  return rounded > value ? key - 1 : key;
}

/** The key of the first time that is not before `time`, in the column's units. */
export function timeKeyFrom(time: number): number {
  return Math.min(Math.max(Math.ceil(time), 0), 0xffff_ffff) ^ LEAST_KEY;
}

/** The key of the last time that is not after `time`; of one before all times, what no time has. */
export function timeKeyUntil(time: number): number {
  return time < 0 ? LEAST_KEY - 1 : Math.min(Math.floor(time), 0xffff_fffe) ^ LEAST_KEY;
}

function keyAt(rounded: number): number {
  float[0] = rounded === 0 ? 0 : rounded;
  return keyOf(word[0]!);
}

function keyOf(bits: number): number {
  return bits < 0 ? bits ^ 0x7fff_ffff : bits;
}
