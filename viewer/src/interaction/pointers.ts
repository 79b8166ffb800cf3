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
}

/** A press that moves less than this, CSS pixels, is a click. */
const CLICK_REACH = 4;
const LONG_PRESS_MS = 450;
/** The hand's speed is taken from this much of its last movement. */
const SPEED_MS = 80;
const DOUBLE_CLICK_ZOOM = 2.2;

interface Held {
  at: Point;
  readonly start: Point;
  moved: boolean;
  readonly touch: boolean;
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
    return this.held.size > 0;
  }

  dispose(): void {
    clearTimeout(this.longPress);
    this.ending.abort();
  }

  private pointOf(event: MouseEvent): Point {
    const { left, top } = this.canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.handler.zoom(wheelFactor(event), this.pointOf(event), true);
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0 || this.held.size === 2) return;
    const at = this.pointOf(event);
    try {
      this.canvas.setPointerCapture(event.pointerId);
    } catch {
      // Chromium refuses to capture a pointer that is up again already; the gesture goes on without.
    }
    const touch = event.pointerType === "touch";
    this.held.set(event.pointerId, { at, start: at, moved: false, touch });
    this.trail = [{ t: event.timeStamp, at }];
    this.pinched = this.held.size === 2;
    this.handler.grab();
    clearTimeout(this.longPress);
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
    pointer.moved ||= Math.hypot(at.x - pointer.start.x, at.y - pointer.start.y) >= CLICK_REACH;
    if (!pointer.moved && !this.pinched) return; // a trembling hand still clicks
    if (pointer.at === pointer.start) this.handler.hover(null);
    clearTimeout(this.longPress);
    pointer.at = at;
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
    const { vx, vy } = this.speed(event.timeStamp);
    this.handler.release(pointer.moved && !this.pinched ? vx : 0, pointer.moved && !this.pinched ? vy : 0);
    if (deliberate && !pointer.moved && !this.pinched) {
      this.handler.click(at, {
        shift: event.shiftKey,
        ctrl: event.ctrlKey || event.metaKey,
        alt: event.altKey,
      });
    }
    if (!pointer.touch) this.handler.hover(at);
  }

  /** A finger that rests shows what lies under it, and is no click any more. */
  private showHeld(pointerId: number): void {
    const pointer = this.held.get(pointerId);
    if (!pointer) return;
    pointer.moved = true;
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
