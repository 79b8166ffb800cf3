/** Chooses items by hand: strokes over the map with a tool, clicks with Shift or Alt, and what the keys ask for. */

import { type Signal, signal } from "@preact/signals";
import type { Box, Point } from "../camera/camera.ts";
import { combined, inverted, type Mode, toggled } from "../data/combine.ts";
import { allOf, itemsOf, type Mask, narrow } from "../data/mask.ts";
import { outlineRegion } from "../data/outline.ts";
import { boxAround, boxRegion, type Region } from "../data/region.ts";
import { strokeRegion } from "../data/stroke.ts";
import type { Modifiers, Strokes } from "../interaction/pointers.ts";
import { passingSaid } from "../language/passing.ts";
import { allOf as allSaid, anyOf, form, not, type Said, saidOf, tell } from "../language/said.ts";
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
export type ChoosableMap = Pick<
  Sight,
  "mapOf" | "prepareRegions" | "itemsWithin" | "boxAround" | "camera" | "inView" | "outlineOf"
>;

/** The language takes no outline of more points. */
const MOST_POINTS = 10_000;

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
    } else if (mode === "add") this.toggle(item);
    else {
      const single = this.maskWith(item);
      this.join(single, saidOf(single), mode);
    }
    return true;
  }

  /** Choose what of the passing items lies in a region; null for what is in view. `line` is the region's rim, where that is one. */
  take(region: Region | null, mode: Mode, line: readonly Point[] | null = null): void {
    const drawn = narrow(this.map.itemsWithin(region), this.state.passing.value);
    const rim = region ? line : cornersOf(this.map.inView);
    const said = rim && rim.length <= MOST_POINTS ? this.map.outlineOf(rim) : null;
    this.join(drawn, this.passingIn(drawn, said && form({ lasso: said })), mode);
  }

  /** Choose given items, of which those that don't pass stay out. `said` is what they are, where they are more than items. */
  choose(items: Mask, mode: Mode, said: Said | null = null): void {
    const drawn = allOf([items, this.state.passing.value])!;
    this.join(drawn, this.passingIn(drawn, said), mode);
  }

  /** Choose everything that the legend, the filters and the search leave lit. */
  choosePassing(): void {
    this.choose(new Uint8Array(this.count).fill(1), "replace", allSaid([]));
  }

  toggle(item: number | null): void {
    const { chosen } = this.state;
    if (item === null) return;
    const before = chosen.value;
    const result = toggled(before, [item], this.count);
    const single = saidOf(this.maskWith(item));
    const said = before?.[item] ? allSaid([saidOf(before), not(single)]) : anyOf([...told(before), single]);
    chosen.value = result && tell(result, said);
  }

  invert(): void {
    const { chosen, passing } = this.state;
    const before = chosen.value;
    const result = inverted(before, passing.value, this.count);
    const rest = passingSaid(this.state);
    if (result && rest) tell(result, before ? allSaid([rest, not(saidOf(before))]) : rest);
    chosen.value = result;
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
        this.map.prepareRegions();
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
        if (done && draft) this.take(regionOf(draft), mode, lineOf(draft));
      },
    };
  }

  /** Join drawn items with those chosen before, and what they are. */
  private join(drawn: Mask, said: Said, mode: Mode): void {
    const { chosen } = this.state;
    const before = chosen.value;
    const result = combined(before, drawn, mode);
    chosen.value = result && tell(result, before ? joined(saidOf(before), said, mode) : said);
  }

  /** What drawn items are that all pass: those of `said` that do, else just these items. */
  private passingIn(drawn: Mask, said: Said | null): Said {
    const passing = said && passingSaid(this.state);
    return said && passing ? allSaid([said, passing]) : saidOf(drawn);
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

/** The line around what a draft takes; null for a brush, whose rim is round. */
function lineOf({ tool, path }: Draft): readonly Point[] | null {
  if (tool === "brush") return null;
  return tool === "lasso" ? path : cornersOf(boxAround([path[0]!, path.at(-1)!], 0));
}

function cornersOf({ minX, minY, maxX, maxY }: Box): Point[] {
  return [
    { x: minX, y: minY },
    { x: maxX, y: minY },
    { x: maxX, y: maxY },
    { x: minX, y: maxY },
  ];
}

function joined(before: Said, said: Said, mode: Mode): Said {
  switch (mode) {
    case "add":
      return anyOf([before, said]);
    case "subtract":
      return allSaid([before, not(said)]);
    case "intersect":
      return allSaid([before, said]);
    default:
      return said;
  }
}

function told(mask: Mask | null): Said[] {
  return mask ? [saidOf(mask)] : [];
}
