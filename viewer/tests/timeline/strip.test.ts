import { expect, test } from "vitest";
import type { Frame, Sequence } from "../../src/bundle/index.ts";
import { measuresOf, stripOf } from "../../src/timeline/strip.ts";
import { captionOf, positionText } from "../../src/timeline/words.ts";
import { frameForKey } from "../../src/ui/Timeline.tsx";

const frame = (name: string, quality: Frame["quality"] = null) => ({ name, value: null, quality }) as Frame;
const scored = (value: number, error?: number) =>
  frame("", { trust: error === undefined ? { value } : { value, error } });

test("a strip fills its height with its own range", () => {
  const { heights, low, high } = stripOf([scored(0.5), scored(0.7), scored(0.9)], "trust");
  expect(heights.map((height) => Number(height?.toFixed(6)))).toEqual([0, 0.5, 1]);
  expect([low, high]).toEqual([expect.closeTo(0.5), expect.closeTo(0.9)]);
});

test("a measure that hardly changes looks flat, in the middle", () => {
  const { heights } = stripOf([scored(0.9), scored(0.901)], "trust");
  for (const height of heights) expect(Math.abs(height! - 0.5)).toBeLessThan(0.05);
});

test("frames without the measure leave a gap, and errors are on the same scale", () => {
  const { heights, errors } = stripOf([scored(0.5, 0.04), frame("none"), scored(0.9)], "trust");
  expect(heights[1]).toBeNull();
  expect(errors).toEqual([expect.closeTo(0.1), 0, 0]);
  expect(measuresOf([frame("none"), scored(1)])).toEqual(["trust"]);
});

test("a frame is called by what the sequence is ordered by, unless its name says more", () => {
  const sequence = {
    title: "S",
    kind: "spectrum",
    frames: [frame("4"), frame("the end")],
  } as unknown as Sequence;
  expect(captionOf(sequence, sequence.frames[0])).toBe("Attraction 4");
  expect(captionOf(sequence, sequence.frames[1]!)).toBe("the end");
  expect(captionOf({ ...sequence, kind: "dream" }, sequence.frames[0])).toBe("Frame 4");
  expect(positionText(sequence, sequence.frames[1]!)).toBe("the end, frame 2 of 2");
});

test("keys on the slider go by frames, and not beyond the ends", () => {
  expect(
    ["ArrowLeft", "ArrowUp", "Home", "End", "PageUp", "x"].map((key) => frameForKey(key, 2, 20)),
  ).toEqual([1, 3, 0, 20, 4, null]);
  expect(frameForKey("ArrowRight", 20, 20)).toBe(20);
});
