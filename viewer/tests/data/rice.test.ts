import { expect, test } from "vitest";
import { maskOfRice, riceText } from "../../src/data/rice.ts";

let seed = 11;
const random = () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};
const MANY = 100_000;
const scattered = (count: number, share: number) =>
  Uint8Array.from({ length: count }, () => (random() < share ? 1 : 0));

test("a mask comes back, whatever its runs", () => {
  const masks = [
    Uint8Array.of(1),
    Uint8Array.of(0),
    Uint8Array.of(0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 1),
    new Uint8Array(3_000_000).fill(1, 2_999_999),
    new Uint8Array(MANY).fill(1),
    new Uint8Array(MANY).fill(1, 40_000, 40_001),
    Uint8Array.from({ length: 9_003 }, (_, k) => (k % 700 > 650 || k === 3 ? 1 : 0)),
    ...[0.001, 0.03, 0.3, 0.5, 0.9, 0.999].map((share) => scattered(9_001, share)),
  ];
  for (const mask of masks) {
    const text = riceText(mask, MANY)!;
    expect(text).toMatch(/^[\w-]+$/);
    expect(Buffer.compare(maskOfRice(text, mask.length)!, mask)).toBe(0); // toEqual takes seconds for millions
  }
});

test("a region is short, and scattered items cost little more than their entropy", () => {
  const region = Uint8Array.from({ length: MANY }, (_, k) => (k % 7_000 > 6_500 ? 1 : 0));
  expect(riceText(region, MANY)!.length).toBeLessThan(100);
  for (const share of [0.02, 0.1, 0.5]) {
    const entropy = -share * Math.log2(share) - (1 - share) * Math.log2(1 - share);
    const characters = riceText(scattered(MANY, share), MANY)!.length;
    expect(characters).toBeLessThan((1.35 * MANY * entropy) / 6);
  }
});

test("what would be too long is refused", () => {
  expect(riceText(scattered(MANY, 0.5), 12_000)).toBeNull();
  expect(riceText(scattered(MANY, 0.02), 12_000)).not.toBeNull();
});

test("text that is cut off, goes on, or is none gives nothing", () => {
  const text = riceText(scattered(9_001, 0.1), MANY)!;
  expect(maskOfRice(text.slice(0, -4), 9_001)).toBeNull();
  expect(maskOfRice(`${text}AAAA`, 9_001)).toBeNull();
  expect(maskOfRice(text, 500)).toBeNull();
  expect(maskOfRice("", 500)).toBeNull();
  expect(maskOfRice("________", 500)).toBeNull();
  expect(maskOfRice("<img src=x>", 500)).toBeNull();
});
