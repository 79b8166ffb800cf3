// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Pointers } from "../../src/interaction/pointers.ts";

let asked: unknown[][];
let canvas: HTMLCanvasElement;
let pointers: Pointers;
let now: number;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  now = 1000;
  canvas = document.createElement("canvas");
  document.body.append(canvas);
  const tell =
    (what: string) =>
    (...args: unknown[]) =>
      void asked.push([what, ...args]);
  const handler = {
    grab: tell("grab"),
    drag: tell("drag"),
    release: tell("release"),
    zoom: tell("zoom"),
    hover: tell("hover"),
    click: tell("click"),
  };
  pointers = new Pointers(canvas, handler, () => ({ x: 0, y: 0 }));
});

afterEach(() => {
  pointers.dispose();
  vi.useRealTimers();
});

function send(type: string, x: number, y: number, options: PointerEventInit = {}) {
  now += 16;
  const event = new PointerEvent(type, {
    pointerId: 1,
    pointerType: "mouse",
    clientX: x,
    clientY: y,
    ...options,
  });
  Object.defineProperty(event, "timeStamp", { value: now });
  canvas.dispatchEvent(event);
}

const told = (what: string) => asked.filter(([name]) => name === what).map(([, ...args]) => args);

describe("one pointer", () => {
  test("hovers while nothing is pressed, and leaves", () => {
    send("pointermove", 40, 50);
    send("pointerleave", 0, 0);
    expect(asked).toEqual([
      ["hover", { x: 40, y: 50 }],
      ["hover", null],
    ]);
  });

  test("drags the map by as much as it moves", () => {
    send("pointerdown", 500, 350);
    for (let k = 1; k <= 6; k++) send("pointermove", 500 - 10 * k, 350 - 5 * k);
    send("pointerup", 440, 320);
    const drags = told("drag") as [number, number][];
    expect(drags.reduce((sum, [dx]) => sum + dx, 0)).toBe(-60);
    expect(drags.reduce((sum, [, dy]) => sum + dy, 0)).toBe(-30);
    expect(told("click")).toEqual([]);
  });

  test("throws the map at its last speed, and lays it down after a pause", () => {
    send("pointerdown", 0, 0);
    for (let k = 1; k <= 6; k++) send("pointermove", 16 * k, 0);
    send("pointerup", 96, 0);
    expect((told("release")[0] as number[])[0]).toBeCloseTo(1, 1);
    send("pointerdown", 0, 0);
    for (let k = 1; k <= 6; k++) send("pointermove", 16 * k, 0);
    now += 200;
    send("pointerup", 96, 0);
    expect(told("release")[1]).toEqual([0, 0]);
  });

  test("clicks when it trembles, with the keys that are held", () => {
    send("pointerdown", 100, 100);
    send("pointermove", 102, 101);
    send("pointerup", 102, 101, { shiftKey: true });
    expect(told("click")).toEqual([
      [
        { x: 102, y: 101 },
        { shift: true, ctrl: false, alt: false },
      ],
    ]);
    expect(told("drag")).toEqual([]);
  });

  test("is left alone with another button", () => {
    send("pointerdown", 100, 100, { button: 2 });
    send("pointerup", 100, 100, { button: 2 });
    expect(told("grab")).toEqual([]);
    expect(told("click")).toEqual([]);
  });

  test("zooms by double click, out with Shift", () => {
    canvas.dispatchEvent(new MouseEvent("dblclick", { clientX: 30, clientY: 40 }));
    canvas.dispatchEvent(new MouseEvent("dblclick", { clientX: 30, clientY: 40, shiftKey: true }));
    const [[inwards, at], [outwards]] = told("zoom") as [[number, unknown], [number]];
    expect(inwards).toBeGreaterThan(1);
    expect(inwards * outwards).toBeCloseTo(1);
    expect(at).toEqual({ x: 30, y: 40 });
  });
});

describe("touch", () => {
  const finger = (pointerId: number): PointerEventInit => ({ pointerId, pointerType: "touch" });

  test("zooms by as much as two fingers part, about their middle", () => {
    send("pointerdown", 480, 350, finger(1));
    send("pointerdown", 520, 350, finger(2));
    for (let k = 1; k <= 10; k++) {
      send("pointermove", 480 - 8 * k, 350, finger(1));
      send("pointermove", 520 + 8 * k, 350, finger(2));
    }
    send("pointerup", 400, 350, finger(1));
    send("pointerup", 600, 350, finger(2));
    const factors = told("zoom").map(([factor]) => factor as number);
    expect(factors.reduce((product, f) => product * f, 1)).toBeCloseTo(5);
    expect(told("click")).toEqual([]);
  });

  test("takes a tap for one though the page was too busy to hear it end", () => {
    send("pointerdown", 60, 70, finger(1));
    vi.advanceTimersByTime(600);
    send("pointerup", 60, 70, finger(1));
    expect(told("click")).toHaveLength(1);
    expect(told("hover").at(-1)).toEqual([null]);
  });

  test("shows what lies under a finger that rests, and does not click then", () => {
    send("pointerdown", 60, 70, finger(1));
    vi.advanceTimersByTime(600);
    now += 600;
    send("pointerup", 60, 70, finger(1));
    expect(told("hover")).toEqual([[null], [{ x: 60, y: 70 }]]);
    expect(told("click")).toEqual([]);
  });

  test("taps", () => {
    send("pointerdown", 60, 70, finger(1));
    vi.advanceTimersByTime(80);
    send("pointerup", 60, 70, finger(1));
    expect(told("click")).toHaveLength(1);
  });
});

test("nothing is heard after the end", () => {
  pointers.dispose();
  send("pointermove", 40, 50);
  expect(asked).toEqual([]);
});
