// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import type { ViewState } from "../../src/state.ts";
import { commandsOf } from "../../src/ui/commands/index.ts";
import { KeySheet } from "../../src/ui/KeySheet.tsx";
import { actOnKey } from "../../src/ui/keyboard.ts";
import { goldenMap, show } from "./page.ts";

const { manifest } = await goldenMap();
let state: ViewState;
let moves: string[];
beforeEach(async () => {
  state = (await goldenMap()).state;
  moves = [];
});

const map = {
  panBy: (dx: number, dy: number) => void moves.push(`pan ${Math.sign(dx)} ${Math.sign(dy)}`),
  zoomBy: (factor: number) => void moves.push(factor > 1 ? "in" : "out"),
  home: () => void moves.push("home"),
  itemInMiddle: () => 42,
};

const player = {
  toggle: () => void moves.push("play or pause"),
  step: (by: number) => void moves.push(by > 0 ? "next frame" : "frame before"),
};

/** Press a key while an element has the focus; returns whether it was taken. */
function press(key: string, on: Element = document.body, options: KeyboardEventInit = {}): boolean {
  let taken = false;
  const listener = (event: KeyboardEvent) => {
    taken = actOnKey(event, commandsOf(manifest, state, map, player), state);
  };
  document.body.append(on === document.body ? "" : on);
  if (on instanceof HTMLElement) on.focus();
  addEventListener("keydown", listener, { once: true });
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }));
  return taken;
}

function control(tag: string, type = ""): HTMLElement {
  const element = document.createElement(tag);
  element.tabIndex = 0;
  if (type) element.setAttribute("type", type);
  return element;
}

test("keys move the map", () => {
  for (const key of ["ArrowLeft", "+", "-", "0", "Home"]) expect(press(key)).toBe(true);
  expect(moves).toEqual(["pan 1 0", "in", "out", "home", "home"]);
});

test("numbers choose projections, and those beyond the last do nothing", () => {
  press("2");
  expect(state.projection.value).toBe("line");
  expect(press("3")).toBe(false);
});

test("c goes through the columns to the items' own colours and round", () => {
  const colors = new Set([state.color.value]);
  for (const _ of manifest.columns) {
    press("c");
    colors.add(state.color.value);
  }
  expect(colors.size).toBe(manifest.columns.length + 1);
  press("c");
  expect(colors.has(state.color.value)).toBe(true);
});

test("a switch that was clicked keeps the space bar alone", () => {
  const box = control("input", "checkbox");
  expect(press(" ", box)).toBe(false);
  expect(press("+", box)).toBe(true);
  expect(press("+", control("input", "text"))).toBe(false);
});

test("Enter pins the item in the middle, but only while the map has the focus", () => {
  expect(press("Enter", control("button"))).toBe(false);
  expect(state.selected.value).toBeNull();
  expect(press("Enter", control("canvas"))).toBe(true);
  expect(state.selected.value).toBe(42);
});

test("f shows a sequence and leaves it; while it is shown, keys play it", () => {
  for (const key of [" ", ",", "<", "u"]) expect(press(key)).toBe(false);
  press("f");
  expect(state.timeline.sequence.value).toBe("unrolling");
  for (const key of [" ", ".", ","]) expect(press(key)).toBe(true);
  expect(moves).toEqual(["play or pause", "next frame", "frame before"]);
  press(">", document.body, { shiftKey: true });
  press("u");
  expect([state.timeline.speed.value, state.timeline.loop.value]).toEqual([2, true]);
  expect(press(" ", control("button"))).toBe(false);
  press("1");
  expect([state.timeline.sequence.value, state.projection.value]).toEqual([null, "shapes"]);
});

test("t changes the theme, ? opens the sheet, Escape closes it", () => {
  press("t");
  expect(state.theme.value).toBe("light");
  press("?");
  expect(state.keysShown.value).toBe(true);
  expect(press("t")).toBe(false);
  press("Escape");
  expect(state.keysShown.value).toBe(false);
});

test("q folds the quality, and the sheet of keys names it where there is one", async () => {
  press("q");
  expect(state.qualityShown.value).toBe(false);
  press("Q");
  expect(state.qualityShown.value).toBe(true);
  state.keysShown.value = true;
  const sheet = await show(<KeySheet commands={commandsOf(manifest, state, map, player)} state={state} />);
  expect(sheet.textContent).toContain("the quality");
  const bare = { ...manifest, projections: [manifest.projections[1]!] as typeof manifest.projections };
  expect(
    (await show(<KeySheet commands={commandsOf(bare, state, map, player)} state={state} />)).textContent,
  ).not.toContain("the quality");
});

describe("a control that has the focus keeps its keys", () => {
  test.each([
    ["select", "", "c"],
    ["input", "search", "t"],
    ["input", "radio", "ArrowLeft"],
    ["input", "range", "ArrowLeft"],
    ["input", "range", "Home"],
  ])("%s %s: %s", (tag, type, key) => expect(press(key, control(tag, type))).toBe(false));

  test.each([
    ["input", "radio", "2"],
    ["input", "range", "t"],
    ["button", "", "ArrowLeft"],
    ["select", "", "Escape"],
  ])("but %s %s leaves %s", (tag, type, key) => expect(press(key, control(tag, type))).toBe(true));

  test("the browser's own shortcuts stay the browser's", () => {
    expect(press("c", document.body, { ctrlKey: true })).toBe(false);
    expect(press("0", document.body, { metaKey: true })).toBe(false);
  });
});

test("the sheet names every key that does something on this map", async () => {
  state.keysShown.value = true;
  HTMLDialogElement.prototype.showModal ??= function open(this: HTMLDialogElement) {
    this.open = true;
  };
  const panels = await show(<KeySheet commands={commandsOf(manifest, state, map, player)} state={state} />);
  const keys = new Set(Array.from(panels.querySelectorAll("kbd"), (key) => key.textContent));
  for (const key of ["←", "+", "−", "0", "Home", "Enter", "1", "2", "C", "T", "Esc", "?"])
    expect(keys).toContain(key);
  expect(keys.has("S")).toBe(manifest.sprites?.ink != null);
});
