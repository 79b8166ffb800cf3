/** Chooses items by hand: strokes over the map with a tool, clicks with Shift or Alt, and what the keys ask for. */

import { type Signal, signal } from "@preact/signals";
import type { Box, Point } from "../camera/camera.ts";
import { combined, inverted, type Mode, toggled } from "../data/combine.ts";
import { allOf, itemsOf, type Mask } from "../data/mask.ts";
import { outlineRegion } from "../data/outline.ts";
import { boxRegion, type Region } from "../data/region.ts";
import { strokeRegion } from "../data/stroke.ts";
import type { Modifiers, Strokes } from "../interaction/pointers.ts";
import type { Tool } from "../state/selection.ts";
import type { ViewState } from "../state.ts";
import type { HandTool } from "../view/hand.ts";
import type { Sight } from "../view/sight.ts";

/** A stroke on its way, in map units: it keeps its place while the map moves beneath. */
export interface Draft {
  readonly tool: Exclude<Tool, "move">;
  readonly mode: Mode;
  readonly path: readonly Point[];
  /** Radius of the brush, map units. */
  readonly radius: number;
}

/** What the map offers to choosing. */
export type ChoosableMap = Pick<Sight, "mapOf" | "itemsWithin" | "boxAround" | "camera">;

/** Points of a path nearer than this, CSS pixels, tell nothing new. */
const FINEST = 2;

export class Chooser implements HandTool {
  /** The stroke being drawn, or null. */
  readonly draft: Signal<Draft | null> = signal(null);
  private path: Point[] = [];

  constructor(
    private readonly state: ViewState,
    private readonly map: ChoosableMap,
    private readonly count: number,
    private readonly flyToBox: (box: Box) => void,
  ) {}

  /** In hand a tool draws; with none, Shift or Alt draws an outline that adds or takes away. */
  strokes({ shift, alt }: Modifiers): Strokes | null {
    const held = this.state.selection.tool.value;
    const tool = held === "move" ? (shift || alt ? "lasso" : null) : held;
    return tool && this.drawing(tool, this.modeOf(shift, alt));
  }

  get cursor(): string | null {
    const tool = this.state.selection.tool.value;
    if (tool === "brush") return "none"; // its circle is the cursor
    return tool === "move" ? null : "crosshair";
  }

  /** A click with Shift puts one item in or takes it out, with Alt it takes it out; returns whether it was one of these. */
  click(item: number | null, { shift, alt }: Modifiers, at: Point): boolean {
    const { selection, chosen } = this.state;
    const tool = selection.tool.value;
    const mode = this.modeOf(shift, alt);
    if (tool === "brush") {
      this.take(strokeRegion([this.map.mapOf(at)], this.brushRadius()), mode);
      return true;
    }
    if (tool === "move" && !shift && !alt) return false;
    if (item === null) {
      if (mode === "replace") chosen.value = null;
    } else if (mode === "add") chosen.value = toggled(chosen.value, [item], this.count);
    else chosen.value = combined(chosen.value, this.maskWith(item), mode);
    return true;
  }

  /** Choose what of the passing items lies in a region; null for what is in view. */
  take(region: Region | null, mode: Mode): void {
    const { chosen, passing } = this.state;
    const drawn = allOf([this.map.itemsWithin(region), passing.value])!;
    chosen.value = combined(chosen.value, drawn, mode);
  }

  /** Choose given items, of which those that don't pass stay out. */
  choose(items: Mask, mode: Mode): void {
    const { chosen, passing } = this.state;
    chosen.value = combined(chosen.value, allOf([items, passing.value])!, mode);
  }

  /** Choose everything that the legend, the filters and the search leave lit. */
  choosePassing(): void {
    this.choose(new Uint8Array(this.count).fill(1), "replace");
  }

  toggle(item: number | null): void {
    const { chosen } = this.state;
    if (item !== null) chosen.value = toggled(chosen.value, [item], this.count);
  }

  invert(): void {
    const { chosen, passing } = this.state;
    chosen.value = inverted(chosen.value, passing.value, this.count);
  }

  clear(): void {
    this.state.chosen.value = null;
  }

  /** Show what is chosen as large as it fits. */
  fly(): void {
    const { chosen } = this.state;
    const box = chosen.value && this.map.boxAround(itemsOf(chosen.value));
    if (box) this.flyToBox(box);
  }

  private drawing(tool: Draft["tool"], mode: Mode): Strokes {
    return {
      begin: (at) => {
        this.path = [this.map.mapOf(at)];
        this.show(tool, mode);
      },
      extend: (at) => {
        const to = this.map.mapOf(at);
        const last = this.path.at(-1)!;
        const far = Math.hypot(to.x - last.x, to.y - last.y) * this.map.camera.scale >= FINEST;
        if (!far && tool !== "box") return;
        if (tool === "box") this.path = [this.path[0]!, to];
        else this.path.push(to);
        this.show(tool, mode);
      },
      end: (done) => {
        const draft = this.draft.value;
        this.draft.value = null;
        if (done && draft) this.take(regionOf(draft), mode);
      },
    };
  }

  private show(tool: Draft["tool"], mode: Mode): void {
    this.draft.value = { tool, mode, path: this.path, radius: this.brushRadius() };
  }

  private brushRadius(): number {
    return this.state.selection.brush.value / this.map.camera.scale;
  }

  private modeOf(shift: boolean, alt: boolean): Mode {
    if (shift) return alt ? "intersect" : "add";
    return alt ? "subtract" : this.state.selection.mode.value;
  }

  private maskWith(item: number): Mask {
    const mask = new Uint8Array(this.count);
    mask[item] = 1;
    return mask;
  }
}

function regionOf({ tool, path, radius }: Draft): Region {
  if (tool === "box") return boxRegion(path[0]!, path.at(-1)!);
  return tool === "lasso" ? outlineRegion(path) : strokeRegion(path, radius);
}
