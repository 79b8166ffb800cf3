/** Masks made small: eight items a byte to keep and to send, runs of items as text for a link. */

import { inFours, type Mask } from "./mask.ts";

/** One bit an item, the lowest bit first. */
export type Bits = Uint8Array<ArrayBuffer>;

/** Multiplied by four bytes of 0 or 1, this puts them side by side into the highest four bits. */
const GATHER = 0x10204080;

export function packed(mask: Mask): Bits {
  const bits = new Uint8Array(Math.ceil(mask.length / 8));
  const fours = inFours(mask);
  const whole = fours.length >> 1;
  for (let k = 0; k < whole; k++) {
    const low = Math.imul(fours[2 * k]!, GATHER) >>> 28;
    bits[k] = low | ((Math.imul(fours[2 * k + 1]!, GATHER) >>> 28) << 4);
  }
  for (let item = 8 * whole; item < mask.length; item++) if (mask[item]) bits[item >> 3]! |= 1 << (item & 7);
  return bits;
}

export function unpacked(bits: Bits, count: number): Mask {
  const mask = new Uint8Array(count);
  for (let item = 0; item < count; item++) mask[item] = (bits[item >> 3]! >> (item & 7)) & 1;
  return mask;
}

/**
 * Write a mask as text that a link can carry: the lengths of its runs, absent and present items in turn, as LEB128 numbers in
 * base64url. A region of the map is few runs, for near items are near in display order.
 */
export function runsText(mask: Mask): string {
  const bytes: number[] = [];
  let [present, start] = [0, 0];
  for (let item = 0; item <= mask.length; item++) {
    if (mask[item] === present) continue;
    if (item === mask.length && present === 0) break; // what is absent at the end goes without saying
    writeNumber(bytes, item - start);
    [present, start] = [1 - present, item];
  }
  return base64(Uint8Array.from(bytes));
}

/** Read what runsText wrote; null where it is malformed or reaches beyond `count` items. */
export function maskOfRuns(text: string, count: number): Mask | null {
  const bytes = fromBase64(text);
  if (!bytes) return null;
  const mask = new Uint8Array(count);
  let [present, item, at] = [0, 0, 0];
  while (at < bytes.length) {
    const [length, next] = readNumber(bytes, at);
    if (next < 0 || item + length > count) return null;
    if (present) mask.fill(1, item, item + length);
    [present, item, at] = [1 - present, item + length, next];
  }
  return mask;
}

/** base64url without padding. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let k = 0; k < bytes.length; k += 8192) text += String.fromCharCode(...bytes.subarray(k, k + 8192));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Read base64url; null where it is none. */
export function fromBase64(text: string): Bits | null {
  try {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  bytes.push(rest);
}

/** The number at a place and the place after it, −1 where the bytes end too soon or the number is no item's. */
function readNumber(bytes: Uint8Array, start: number): [number, number] {
  let value = 0;
  for (let at = start, unit = 1; at < bytes.length && unit < 2 ** 35; at++, unit *= 128) {
    value += (bytes[at]! & 127) * unit;
    if (bytes[at]! < 128) return [value, at + 1];
  }
  return [0, -1];
}
