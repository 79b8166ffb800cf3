import { expect, test } from "vitest";
import { base64, fromBase64, maskOfRuns, packed, runsText, unpacked } from "../../src/data/bits.ts";

const masks = [
  Uint8Array.of(1),
  Uint8Array.of(0),
  Uint8Array.of(0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 1),
  new Uint8Array(1000).fill(1),
  new Uint8Array(9_003).map((_, k) => (k % 700 > 650 || k === 3 ? 1 : 0)),
];

test("bits and runs bring the same mask back", () => {
  for (const mask of masks) {
    expect(unpacked(packed(mask), mask.length)).toEqual(mask);
    expect(maskOfRuns(runsText(mask), mask.length)).toEqual(mask);
  }
});

test("a region of the map is short text", () => {
  expect(runsText(masks[4]!).length).toBeLessThan(80);
  expect(runsText(masks[4]!)).toMatch(/^[\w-]*$/);
});

test("bytes survive base64url, and what is none is refused", () => {
  const bytes = new Uint8Array(9_000).map((_, k) => k * 7);
  expect(fromBase64(base64(bytes))).toEqual(bytes);
  expect(fromBase64("%%%")).toBeNull();
});

test("runs that are cut off, too long, or no text of ours give nothing", () => {
  const text = runsText(masks[4]!);
  expect(maskOfRuns(text, 500)).toBeNull();
  expect(maskOfRuns("gA", 500)).toBeNull(); // a number without its end
  expect(maskOfRuns("_____________w", 500)).toBeNull();
  expect(maskOfRuns("<img src=x>", 500)).toBeNull();
});
