import { describe, expect, test } from "vitest";
import { type Movable, moveByKey } from "../../src/interaction/keys.ts";

function press(
  key: string,
  held: Partial<Record<"shiftKey" | "ctrlKey" | "metaKey" | "altKey", boolean>> = {},
) {
  const asked: unknown[] = [];
  const map: Movable = {
    panBy: (dx, dy) => asked.push(["pan", dx, dy]),
    zoomBy: (factor) => asked.push(["zoom", factor]),
    home: (animate) => asked.push(["home", animate]),
  };
  const event = { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held };
  return { moved: moveByKey(event, map), asked };
}

describe("keys", () => {
  test("an arrow shows what lies in its direction", () => {
    expect(press("ArrowRight").asked).toEqual([["pan", -90, 0]]);
    expect(press("ArrowUp").asked).toEqual([["pan", 0, 90]]);
    expect(press("ArrowLeft", { shiftKey: true }).asked).toEqual([["pan", 270, 0]]);
  });

  test.each(["+", "="])("%s zooms in", (key) => {
    expect(press(key).asked).toEqual([["zoom", 1.5]]);
  });

  test.each(["-", "_"])("%s zooms out", (key) => {
    expect(press(key).asked).toEqual([["zoom", 1 / 1.5]]);
  });

  test.each(["0", "Home"])("%s goes home", (key) => {
    expect(press(key).asked).toEqual([["home", true]]);
  });

  test("leaves the browser's own keys alone", () => {
    expect(press("+", { ctrlKey: true })).toEqual({ moved: false, asked: [] });
    expect(press("ArrowLeft", { altKey: true })).toEqual({ moved: false, asked: [] });
    expect(press("a").moved).toBe(false);
    expect(press("0").moved).toBe(true);
  });
});
