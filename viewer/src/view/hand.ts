/** The hand on the map: gestures move the camera, a resting pointer picks an item. */

import type { Point } from "../camera/camera.ts";
import type { CameraRig } from "../camera/rig.ts";
import { type Handler, type Modifiers, Pointers, type Strokes } from "../interaction/pointers.ts";

/** What a hand does to the view, and asks of it. */
export interface Grip {
  /** The item under a screen point, or null. */
  itemAt(at: Point): number | null;
  /** Whether a screen point is a name's rather than that of the item under it; null for nowhere. */
  nameAt(at: Point | null, item: number | null): boolean;
  /** Where the canvas's upper left corner is in the window, CSS pixels. */
  readonly corner: Point;
  /** Whether items stand still, and so can be pointed at. */
  readonly steady: boolean;
  moved(): void;
  wake(): void;
  hover(item: number | null, at: Point): void;
  click(item: number | null, modifiers: Modifiers, at: Point): void;
}

/** A tool in the hand: says for a press whether it draws, and what the pointer looks like meanwhile. */
export interface HandTool {
  strokes(modifiers: Modifiers): Strokes | null;
  /** A CSS cursor over empty ground, or null for the open hand. */
  readonly cursor: string | null;
}

export class Hand {
  /** What the hand holds; null for nothing but the map. */
  tool: HandTool | null = null;
  private readonly pointers: Pointers;
  private pointer: Point | null = null;
  /** A look at what lies under the pointer is due. */
  private glance = 0;
  private hovered: number | null = null;
  private cursor = "";
  /** Whether the hand has moved the map since it took hold of it. */
  private dragged = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly rig: CameraRig,
    private readonly grip: Grip,
  ) {
    this.pointers = new Pointers(canvas, this.handler(), () => this.grip.corner);
  }

  /** Whether a pointer holds the map. */
  get holding(): boolean {
    return this.pointers.holding;
  }

  /** Whether what lies under the pointer is about to be looked up. */
  get looking(): boolean {
    return this.glance !== 0;
  }

  /** Whether a pointer draws with the tool. */
  get drawing(): boolean {
    return this.pointers.drawing;
  }

  /** Say what lies under the pointer, if that has changed. */
  pick(): void {
    if (this.glance) cancelAnimationFrame(this.glance);
    this.glance = 0;
    if (this.dragging) return;
    const under = this.pointer && this.grip.steady ? this.grip.itemAt(this.pointer) : null;
    const named = this.grip.nameAt(this.holding ? null : this.pointer, under);
    const item = named ? null : under;
    this.show(named ? "pointer" : this.cursorOver(item));
    if (item === this.hovered) return;
    this.hovered = item;
    this.grip.hover(item, this.pointer ?? { x: 0, y: 0 });
  }

  /** The pointer is over this point, or over nothing. */
  point(at: Point | null): void {
    this.pointer = at;
    if (this.dragging) return;
    this.glance ||= requestAnimationFrame(() => this.pick()); // what is drawn stays as it is
  }

  dispose(): void {
    cancelAnimationFrame(this.glance);
    this.pointers.dispose();
  }

  /** Whether the map goes along with the pointer: what lies under it stays. */
  private get dragging(): boolean {
    return this.dragged && this.holding;
  }

  private letGo(): void {
    this.show(this.cursorOver(null));
    if (this.hovered === null) return;
    this.hovered = null;
    this.grip.hover(null, this.pointer ?? { x: 0, y: 0 });
  }

  private show(cursor: string): void {
    if (cursor === this.cursor) return;
    this.cursor = cursor;
    this.canvas.style.cursor = cursor;
  }

  private cursorOver(item: number | null): string {
    const tool = this.tool?.cursor;
    if (tool && (this.pointers.drawing || !this.holding)) return tool;
    return this.holding ? "grabbing" : item === null ? "grab" : "pointer";
  }

  private handler(): Handler {
    const { rig, grip } = this;
    return {
      grab: () => {
        rig.stop();
        this.dragged = false;
      },
      drag: (dx, dy) => {
        rig.panBy(dx, dy, false);
        this.letGo(); // what was pointed at would be in the way
        this.dragged = true;
        grip.moved();
      },
      release: (vx, vy) => {
        rig.throwBy(vx, vy);
        if (this.dragged) grip.moved();
        else grip.wake();
      },
      zoom: (factor, at, eased) => {
        rig.zoomBy(factor, at, eased);
        this.dragged = true;
        grip.moved();
      },
      hover: (at) => this.point(at),
      click: (at, modifiers) => grip.click(grip.itemAt(at), modifiers, at),
      strokes: (modifiers) => this.tool?.strokes(modifiers) ?? null,
    };
  }
}
