/** Pointers on the canvas: drag, throw, pinch, click, double click, hover and long press, told to a Handler. */

import type { Point } from "../camera/camera.ts";
import { wheelFactor } from "./wheel.ts";

/** Which keys were held during a click. */
export interface Modifiers {
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
}

/** What pointers ask of the map; points are CSS pixels on the canvas. */
export interface Handler {
  grab(): void;
  drag(dx: number, dy: number): void;
  /** CSS pixels per millisecond. */
  release(vx: number, vy: number): void;
  zoom(factor: number, at: Point, eased: boolean): void;
  /** The pointer rests or moves over the map; null: it has left. */
  hover(at: Point | null): void;
  click(at: Point, modifiers: Modifiers): void;
  /** Asked at a press: what draws instead of taking hold of the map, if anything does. */
  strokes?(modifiers: Modifiers): Strokes | null;
}

/** A line drawn over the map with one pointer. */
export interface Strokes {
  begin(at: Point): void;
  extend(at: Point): void;
  /** @param done false where the stroke is given up, for a second finger takes hold of the map. */
  end(done: boolean): void;
}

/** A press that moves less than this, CSS pixels, is a click. */
const CLICK_REACH = 4;
const LONG_PRESS_MS = 450;
/** The hand's speed is taken from this much of its last movement. */
const SPEED_MS = 80;
const DOUBLE_CLICK_ZOOM = 2.2;

/** The wheel as a button: it drags the map whatever tool is in hand. */
const MIDDLE = 1;

interface Held {
  at: Point;
  readonly start: Point;
  /** When the press happened, by its event's own clock: a busy page hears of it later. */
  readonly since: number;
  moved: boolean;
  /** Whether it has rested, and now shows what lies under it. */
  looking: boolean;
  readonly touch: boolean;
  /** What this pointer draws with; it begins to once it has moved. */
  strokes: Strokes | null;
}

export class Pointers {
  private readonly held = new Map<number, Held>();
  private trail: { t: number; at: Point }[] = [];
  private longPress = 0;
  private pinched = false;
  private readonly ending = new AbortController();

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly handler: Handler,
    /** Where the canvas's upper left corner is in the window, CSS pixels. */
    private readonly cornerOf: () => Point,
  ) {
    canvas.style.touchAction = "none"; // the map handles touch itself
    const options = { signal: this.ending.signal };
    const listen = <K extends keyof HTMLElementEventMap>(
      type: K,
      on: (event: HTMLElementEventMap[K]) => void,
    ) => {
      canvas.addEventListener(type, on, options);
    };
    listen("pointerdown", (event) => this.down(event));
    listen("pointermove", (event) => this.move(event));
    listen("pointerup", (event) => this.up(event, true));
    listen("pointercancel", (event) => this.up(event, false));
    listen("pointerleave", (event) => {
      if (!this.held.has(event.pointerId)) handler.hover(null);
    });
    listen("dblclick", (event) => {
      handler.zoom(event.shiftKey ? 1 / DOUBLE_CLICK_ZOOM : DOUBLE_CLICK_ZOOM, this.pointOf(event), true);
    });
    canvas.addEventListener("wheel", (event) => this.wheel(event), { ...options, passive: false });
  }

  /** Whether a pointer holds the map. */
  get holding(): boolean {
    return this.held.size > 0 && !this.drawing;
  }

  /** Whether a pointer draws, or is about to. */
  get drawing(): boolean {
    for (const { strokes } of this.held.values()) if (strokes) return true;
    return false;
  }

  dispose(): void {
    clearTimeout(this.longPress);
    this.ending.abort();
  }

  private pointOf(event: MouseEvent): Point {
    const { x, y } = this.cornerOf();
    return { x: event.clientX - x, y: event.clientY - y };
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.handler.zoom(wheelFactor(event), this.pointOf(event), true);
  }

  private down(event: PointerEvent): void {
    if ((event.button !== 0 && event.button !== MIDDLE) || this.held.size === 2) return;
    const at = this.pointOf(event);
    try {
      this.canvas.setPointerCapture(event.pointerId);
    } catch {
      // Chromium refuses to capture a pointer that is up again already; the gesture goes on without.
    }
    const touch = event.pointerType === "touch";
    this.dropStrokes();
    const first = this.held.size === 0 && event.button !== MIDDLE;
    const strokes = (first && this.handler.strokes?.(modifiersOf(event))) || null;
    const since = event.timeStamp;
    this.held.set(event.pointerId, { at, start: at, since, moved: false, looking: false, touch, strokes });
    if (this.held.size === 2) for (const held of this.held.values()) held.looking = false;
    this.trail = [{ t: event.timeStamp, at }];
    this.pinched = this.held.size === 2;
    this.handler.grab();
    clearTimeout(this.longPress);
    if (event.button === MIDDLE) event.preventDefault(); // no autoscroll
    if (touch && !this.pinched) {
      this.handler.hover(null);
      this.longPress = window.setTimeout(() => this.showHeld(event.pointerId), LONG_PRESS_MS);
    }
  }

  private move(event: PointerEvent): void {
    const at = this.pointOf(event);
    const pointer = this.held.get(event.pointerId);
    if (!pointer) {
      if (event.pointerType !== "touch") this.handler.hover(at);
      return;
    }
    const before = this.grip();
    const rested = !pointer.moved;
    pointer.moved ||= Math.hypot(at.x - pointer.start.x, at.y - pointer.start.y) >= CLICK_REACH;
    if (!pointer.moved && !this.pinched) return; // a trembling hand still clicks
    if (pointer.at === pointer.start && !pointer.looking) this.handler.hover(null);
    clearTimeout(this.longPress);
    pointer.at = at;
    if (pointer.looking) {
      this.handler.hover(at);
      return;
    }
    if (pointer.strokes) {
      if (rested) pointer.strokes.begin(pointer.start);
      for (const passed of event.getCoalescedEvents?.() ?? []) pointer.strokes.extend(this.pointOf(passed));
      pointer.strokes.extend(at);
      return;
    }
    const after = this.grip();
    this.handler.drag(after.x - before.x, after.y - before.y);
    if (before.spread > 0 && after.spread > 0) this.handler.zoom(after.spread / before.spread, after, false);
    this.trail = [
      ...this.trail.filter(({ t }) => event.timeStamp - t < SPEED_MS),
      { t: event.timeStamp, at },
    ];
  }

  private up(event: PointerEvent, deliberate: boolean): void {
    const pointer = this.held.get(event.pointerId);
    if (!pointer) return;
    this.held.delete(event.pointerId);
    clearTimeout(this.longPress);
    if (this.held.size > 0) {
      this.trail = [];
      return;
    }
    const at = this.pointOf(event);
    if (pointer.strokes && pointer.moved) {
      pointer.strokes.end(deliberate);
      if (!pointer.touch) this.handler.hover(at);
      return;
    }
    if (pointer.looking) {
      if (!deliberate || !isTap(pointer, event.timeStamp)) return; // what it shows stays until the next touch
      this.handler.hover(null);
      this.handler.click(at, modifiersOf(event));
      return;
    }
    const { vx, vy } = this.speed(event.timeStamp);
    this.handler.release(pointer.moved && !this.pinched ? vx : 0, pointer.moved && !this.pinched ? vy : 0);
    if (deliberate && !pointer.moved && !this.pinched) {
      this.handler.click(at, modifiersOf(event));
    }
    if (!pointer.touch) this.handler.hover(at);
  }

  /** What is being drawn is given up, and its pointer takes hold of the map. */
  private dropStrokes(): void {
    for (const pointer of this.held.values()) {
      if (pointer.strokes && pointer.moved) pointer.strokes.end(false);
      pointer.strokes = null;
    }
  }

  /** A finger that rests shows what lies under it, wherever it then moves, and is no click any more. */
  private showHeld(pointerId: number): void {
    const pointer = this.held.get(pointerId);
    if (!pointer) return;
    pointer.moved = pointer.looking = true;
    pointer.strokes = null;
    this.handler.hover(pointer.at);
  }

  /** The middle of all held pointers and, for two, how far apart they are. */
  private grip(): Point & { spread: number } {
    const [a, b] = [...this.held.values()];
    if (!a) return { x: 0, y: 0, spread: 0 };
    if (!b) return { ...a.at, spread: 0 };
    return {
      x: (a.at.x + b.at.x) / 2,
      y: (a.at.y + b.at.y) / 2,
      spread: Math.hypot(a.at.x - b.at.x, a.at.y - b.at.y),
    };
  }

  private speed(now: number): { vx: number; vy: number } {
    const recent = this.trail.filter(({ t }) => now - t < SPEED_MS);
    const first = recent[0];
    const last = recent.at(-1);
    if (!first || !last || last.t - first.t < 8) return { vx: 0, vy: 0 };
    const time = last.t - first.t;
    return { vx: (last.at.x - first.at.x) / time, vy: (last.at.y - first.at.y) / time };
  }
}

/** Whether a finger was up again in its place before it could rest, though the page was too busy to hear it. */
function isTap({ start, at, since }: Held, now: number): boolean {
  return now - since < LONG_PRESS_MS && Math.hypot(at.x - start.x, at.y - start.y) < CLICK_REACH;
}

function modifiersOf({ shiftKey: shift, ctrlKey, metaKey, altKey: alt }: MouseEvent): Modifiers {
  return { shift, ctrl: ctrlKey || metaKey, alt };
}
