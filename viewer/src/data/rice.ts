/**
 * A mask as short text for a link: the lengths of its runs, absent and present items in turn, in adaptive Rice codes (each
 * kind of run with a parameter that follows its mean, as in JPEG-LS). A region of the map is few runs, for near items are near
 * in display order; scattered items cost hardly more than their entropy.
 */

import { base64, fromBase64 } from "./bits.ts";
import type { Mask } from "./mask.ts";

/** A quotient from here on is an escape: the length follows in plain bits. */
const LONGEST_UNARY = 20;
const PLAIN_BITS = 32;
/** After so many runs the older ones count half. */
const MEMORY = 32;
const BITS_A_CHARACTER = 6;

/** Write a mask in at most `most` characters; null where it is too scattered for that. */
export function riceText(mask: Mask, most: number): string | null {
  const bits = new BitWriter();
  const means = [new RunMean(), new RunMean()] as const;
  let present = mask[0] ?? 0;
  bits.write(present, 1);
  for (let start = 0; start < mask.length; present = 1 - present) {
    const found = mask.indexOf(1 - present, start); // runs are long, and this looks for their ends faster than a loop
    const end = found < 0 ? mask.length : found;
    writeRun(bits, means[present as 0 | 1], end - start - 1);
    if (bits.count > most * BITS_A_CHARACTER) return null;
    start = end;
  }
  return base64(bits.bytes());
}

/** Read what riceText wrote; null where it is malformed or means another number of items. */
export function maskOfRice(text: string, count: number): Mask | null {
  const bytes = fromBase64(text);
  if (!bytes) return null;
  const bits = new BitReader(bytes);
  const means = [new RunMean(), new RunMean()] as const;
  const mask = new Uint8Array(count);
  let present = bits.read(1);
  for (let item = 0; item < count; present = 1 - present) {
    const end = item + readRun(bits, means[present as 0 | 1]) + 1;
    if (bits.spent || end > count) return null;
    if (present) mask.fill(1, item, end);
    item = end;
  }
  return bits.atEnd ? mask : null;
}

function writeRun(bits: BitWriter, mean: RunMean, length: number): void {
  const { parameter } = mean;
  const quotient = Math.floor(length / 2 ** parameter);
  for (let k = 0; k < Math.min(quotient, LONGEST_UNARY); k++) bits.write(1, 1);
  if (quotient >= LONGEST_UNARY) bits.write(length, PLAIN_BITS);
  else {
    bits.write(0, 1);
    bits.write(length % 2 ** parameter, parameter);
  }
  mean.add(length);
}

function readRun(bits: BitReader, mean: RunMean): number {
  const { parameter } = mean;
  let quotient = 0;
  while (quotient < LONGEST_UNARY && bits.read(1) === 1) quotient++;
  const length =
    quotient === LONGEST_UNARY ? bits.read(PLAIN_BITS) : quotient * 2 ** parameter + bits.read(parameter);
  mean.add(length);
  return length;
}

/** The mean of recent runs, as the power of two that codes them shortest. */
class RunMean {
  private sum = 8;
  private runs = 1;

  get parameter(): number {
    let parameter = 0;
    while (this.runs * 2 ** parameter < this.sum && parameter < 31) parameter++;
    return parameter;
  }

  add(length: number): void {
    this.sum += length;
    if (++this.runs < MEMORY) return;
    this.sum /= 2;
    this.runs /= 2;
  }
}

/** Bits, the highest of each number first. */
class BitWriter {
  count = 0;
  private readonly whole: number[] = [];
  private last = 0;

  write(value: number, bits: number): void {
    for (let k = bits - 1; k >= 0; k--) {
      this.last = (this.last << 1) | (Math.floor(value / 2 ** k) & 1);
      if (++this.count % 8 > 0) continue;
      this.whole.push(this.last);
      this.last = 0;
    }
  }

  /** All that has been written, the last byte filled up with zeros. */
  bytes(): Uint8Array {
    const rest = this.count % 8;
    return Uint8Array.from(rest > 0 ? [...this.whole, this.last << (8 - rest)] : this.whole);
  }
}

class BitReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Whether more has been read than there is. */
  get spent(): boolean {
    return this.at > 8 * this.bytes.length;
  }

  /** Whether nothing but the filling of the last byte is left. */
  get atEnd(): boolean {
    return !this.spent && 8 * this.bytes.length - this.at < 8;
  }

  read(bits: number): number {
    let value = 0;
    for (let k = 0; k < bits; k++, this.at++) {
      const byte = this.bytes[this.at >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.at & 7))) & 1);
    }
    return value;
  }
}
