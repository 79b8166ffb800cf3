import { expect, test } from "vitest";
import { ItemStyle } from "../../src/layers/style.ts";

const bytesOf = (words: Uint32Array<ArrayBuffer>) => Array.from(new Uint8Array(words.buffer));

test("colours by code are those painted item by item", () => {
  const codes = Uint8Array.of(2, 0, 1, 2);
  const table = Uint8Array.of(1, 2, 3, 40, 50, 60, 255, 254, 253);
  const [byCode, painted] = [new ItemStyle(4), new ItemStyle(4)];
  byCode.setDim(Uint8Array.of(1, 0, 1, 1));
  painted.setDim(Uint8Array.of(1, 0, 1, 1));
  byCode.setTint(codes, table);
  painted.setColors(
    Uint8Array.from(codes).reduce<Uint8Array>((all, code, item) => {
      all.set(table.subarray(3 * code, 3 * code + 3), 3 * item);
      return all;
    }, new Uint8Array(12)),
  );
  expect(byCode.words).toEqual(painted.words);
});

test("colours and light share a word, the last item's first", () => {
  const style = new ItemStyle(2);
  style.setDim(Uint8Array.of(1, 0));
  style.setColors(Uint8Array.of(1, 2, 3, 250, 251, 252));
  expect(bytesOf(style.words)).toEqual([250, 251, 252, 0, 1, 2, 3, 255]);
  expect([style.isLit(0), style.isLit(1), style.bright]).toEqual([true, false, 1]);
});

test("lighting all keeps the colours", () => {
  const style = new ItemStyle(1);
  style.setColors(Uint8Array.of(9, 8, 7));
  style.setDim(Uint8Array.of(0));
  style.setDim(null);
  expect(bytesOf(style.words)).toEqual([9, 8, 7, 255]);
});

test("light that moves on is that given at once, to the last item", () => {
  const count = 4099;
  const masks = [3, 5, 2, 4099].map((n) =>
    Uint8Array.from({ length: count }, (_, k) => (k % n === n - 1 ? 1 : 0)),
  );
  const moved = new ItemStyle(count);
  for (const mask of [...masks, null, masks[1]!, masks[1]!]) {
    const atOnce = new ItemStyle(count);
    moved.setDim(mask);
    atOnce.setDim(mask);
    expect(moved.words).toEqual(atOnce.words);
    expect(moved.bright).toBe(mask ? mask.reduce((sum, lit) => sum + lit, 0) : count);
  }
});

test("a choice keeps its order, and can be shown as if all of it were lit", () => {
  const style = new ItemStyle(3);
  style.setColors(Uint8Array.of(1, 1, 1, 2, 2, 2, 3, 3, 3));
  style.setDim(Uint8Array.of(1, 0, 1));
  expect(bytesOf(style.picked([1, 0]))).toEqual([2, 2, 2, 0, 1, 1, 1, 255]);
  expect(bytesOf(style.lit([1]))).toEqual([2, 2, 2, 255]);
});

test("arrays of another length are refused, saying both lengths", () => {
  const style = new ItemStyle(3);
  expect(() => style.setColors(new Uint8Array(8))).toThrow("9 bytes for this map's 3 items; got 8");
  expect(() => style.setDim(new Uint8Array(2))).toThrow("the mask must have 3 bytes");
});
