/** Draws the wakes of chosen items over the map while these move between layouts or frames. */

import { effect } from "@preact/signals";
import { toScreen } from "../camera/camera.ts";
import { itemsOf } from "../data/mask.ts";
import type { ViewState } from "../state.ts";
import type { MapView } from "../view.ts";
import { strength, Wake } from "./wake.ts";

/** Items that draw a wake: the first of the display order, an even sample of what is chosen. */
const MOST = 400;
/** CSS pixels. */
const WIDTH = 1.25;

export class Trails {
  private readonly wake = new Wake();
  private canvas: HTMLCanvasElement | null = null;
  private items: ArrayLike<number> = [];
  private request = 0;
  private drawn = false;

  constructor(
    state: ViewState,
    private readonly view: MapView,
    private readonly below: HTMLElement,
  ) {
    effect(() => {
      const chosen = state.look.trails.value ? state.chosen.value : null;
      const { value: selected } = state.selected;
      if (!state.look.trails.value) this.items = [];
      else if (chosen) this.items = itemsOf(chosen).subarray(0, MOST);
      else this.items = selected === null ? [] : [selected];
      this.wake.forget();
      this.draw();
    });
    view.onFrame.add(() => this.follow());
  }

  /** Items that draw a wake at the moment. */
  get length(): number {
    return this.wake.moments.length > 1 ? this.items.length : 0;
  }

  private follow(): void {
    if (this.items.length === 0) return;
    if (this.view.moving) this.remember();
    if (this.wake.moments.length > 0 || this.drawn) this.draw();
  }

  private remember(): void {
    const places = new Float32Array(2 * this.items.length);
    for (let k = 0; k < this.items.length; k++) {
      const at = this.view.sight.pointOf(this.items[k] as number);
      if (!at) return;
      places[2 * k] = at.x;
      places[2 * k + 1] = at.y;
    }
    this.wake.add(performance.now(), places);
  }

  private draw(): void {
    const { view } = this;
    const now = performance.now();
    const left = this.wake.age(now);
    const context = left || this.drawn ? this.context() : null;
    if (context) {
      this.fit(context);
      if (left) this.stroke(context, now);
      this.drawn = left;
    }
    if (!left || this.request !== 0) return;
    this.request = requestAnimationFrame(() => {
      this.request = 0;
      if (!view.moving) this.draw(); // else the map's own next frame does
    });
  }

  /** The canvas over the map and below its names, made when there is something to draw. */
  private context(): CanvasRenderingContext2D | null {
    if (!this.canvas) {
      this.canvas = document.createElement("canvas");
      this.canvas.className = "map-trails";
      this.canvas.setAttribute("aria-hidden", "true");
      this.below.before(this.canvas);
    }
    return this.canvas.getContext("2d");
  }

  /** Clear the canvas; give it the map's pixels. */
  private fit(context: CanvasRenderingContext2D): void {
    const { canvas } = context;
    const { width, height } = this.view.viewport;
    const [columns, rows] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    if (canvas.width !== columns || canvas.height !== rows) {
      canvas.width = columns;
      canvas.height = rows;
    }
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
  }

  /** One path for each stretch of time: all items' wakes fade alike. */
  private stroke(context: CanvasRenderingContext2D, now: number): void {
    const { camera, viewport } = this.view;
    const { moments } = this.wake;
    context.strokeStyle = getComputedStyle(context.canvas).color;
    context.lineCap = "round";
    for (let m = 1; m < moments.length; m++) {
      const [before, after] = [moments[m - 1], moments[m]];
      if (!before || !after) continue;
      context.globalAlpha = 0.75 * strength(now, after.time);
      context.lineWidth = WIDTH * (0.5 + strength(now, after.time));
      context.beginPath();
      for (let k = 0; k < after.places.length; k += 2) {
        const from = toScreen(camera, viewport, pointAt(before.places, k));
        const to = toScreen(camera, viewport, pointAt(after.places, k));
        context.moveTo(from.x, from.y);
        context.lineTo(to.x, to.y);
      }
      context.stroke();
    }
  }
}

function pointAt(places: Float32Array, k: number) {
  return { x: places[k] as number, y: places[k + 1] as number };
}
