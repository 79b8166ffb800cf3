/**
 * Labels over the map as text in the page: each a button that follows its place. The pointer goes through them to the map,
 * which says where it was clicked, and what lies there; keys reach them, one by Tab and the others from there by arrows.
 */

import { NO_INSETS } from "../camera/bounds.ts";
import { type Camera, type Insets, type Point, toScreen, type Viewport } from "../camera/camera.ts";
import type { Ground } from "../interaction/pick.ts";
import { Drift } from "./drift.ts";
import { outside, readableX } from "./edges.ts";
import type { Label } from "./labels.worker.ts";
import { Leeway } from "./leeway.ts";

/** What a label says and how. */
export interface Wording {
  readonly text: string;
  /** A colour for the style sheet; "" for the colour of text. */
  readonly color: string;
  /** Whether its items are lit. */
  readonly lit: boolean;
  /** Whether it was picked. */
  readonly picked: boolean;
}

interface Followed {
  readonly camera: Camera;
  readonly view: Viewport;
  readonly insets: Insets;
}

const MOST = 150;
/** Height of a name's letters, of its font size. */
const LETTERS = 0.8;
/** Where no item lies, a click still means a name from this far around it, CSS pixels … */
const SLACK = 5;
/** … and within half of the least side of what can be pressed. */
const LEAST = 12;

/** Less than this, CSS pixels, is no move. */
const STILL = 0.05;

export class LabelBoard {
  private labels: readonly Label[] = [];
  private wordings: ReadonlyMap<number, Wording> = new Map();
  private readonly elements = new Map<number, HTMLElement>();
  /** What the labels lie on, and where on it. */
  private readonly sheet = document.createElement("div");
  private readonly places = new Map<number, Point>();
  private readonly drift = new Drift(this.sheet);
  private readonly leeway = new Leeway();
  private pointed: number | null = null;
  private opacity = Number.NaN;
  private faded = false;
  /** What the names have followed: most frames move none of it. */
  private followed: Followed | null = null;

  /** @param onPick gets the code of the label that a key has picked, and whether it adds. */
  constructor(
    private readonly host: HTMLElement,
    private readonly onPick: (code: number, add: boolean) => void,
  ) {
    this.sheet.className = "map-sheet";
    host.append(this.sheet);
    host.addEventListener("keydown", this.onKey);
    host.addEventListener("focusin", this.onFocus);
  }

  /** The texts in sight, the most important first. */
  get texts(): string[] {
    return [...this.elements].sort(([a], [b]) => a - b).map(([, element]) => element.textContent ?? "");
  }

  /** Show other labels; none where there is nothing to name. */
  set(labels: readonly Label[]): void {
    this.clear();
    this.labels = labels;
  }

  /** @param wordings by code. */
  word(wordings: ReadonlyMap<number, Wording>): void {
    this.wordings = wordings;
    for (const [k, element] of this.elements) this.write(element, this.labels[k] as Label);
  }

  /** The code of the label at a screen point, the most important where they meet; null where there is none. */
  codeAt(at: Point, ground: Ground): number | null {
    const k = this.at(at, ground);
    return k === null ? null : this.labels[k]!.code;
  }

  /** Show which label the pointer is at; returns whether it is at one. */
  point(at: Point | null, ground: Ground): boolean {
    const k = at && this.at(at, ground);
    if (k !== this.pointed) {
      if (this.pointed !== null) this.elements.get(this.pointed)?.classList.remove("pointed");
      if (k !== null) this.elements.get(k)?.classList.add("pointed");
      this.pointed = k;
    }
    return k !== null;
  }

  /** A crowd of items leaves a name its letters, free ground also what is around them, and a single item nothing. */
  private at({ x, y }: Point, ground: Ground): number | null {
    if (this.faded || this.host.hidden || ground === "single") return null;
    const { moved } = this.drift;
    let found: number | null = null;
    for (const [k, place] of this.places) {
      const { width, size } = this.labels[k] as Label;
      let [aside, above] = [width / 2, (LETTERS * size) / 2];
      if (ground === "free")
        [aside, above] = [Math.max(aside + SLACK, LEAST), Math.max(above + SLACK, LEAST)];
      const [right, down] = [x - moved.x - place.x, y - moved.y - place.y];
      const within = Math.abs(right) <= aside && Math.abs(down) <= above;
      if (within && (found === null || k < found)) found = k;
    }
    return found;
  }

  /**
   * Move what is shown along with the camera, bring in what has come in sight and drop what has left it.
   * @param insets what covers the view's sides: names keep clear of that.
   */
  follow(camera: Camera, view: Viewport, insets: Insets = NO_INSETS): void {
    const before = this.followed;
    const framed = before?.view === view && before.insets === insets;
    if (framed && before.camera === camera) return;
    this.followed = { camera, view, insets };
    this.drift.follow(camera);
    const panned = framed && before.camera.scale === camera.scale;
    if (!panned || !this.leeway.holds(this.drift.moved)) this.arrange(this.followed);
  }

  /** Fade all labels, 0 … 1. */
  fade(opacity: number): void {
    if (opacity === this.opacity && this.host.hidden === opacity < 0.01) return;
    this.opacity = opacity;
    this.host.style.opacity = opacity.toFixed(2);
    this.faded = opacity < 0.9; // images that are near enough speak for themselves
    this.host.hidden = opacity < 0.01;
  }

  clear(): void {
    this.sheet.replaceChildren();
    this.elements.clear();
    this.places.clear();
    this.pointed = null;
    this.labels = [];
    this.followed = null;
  }

  dispose(): void {
    this.host.removeEventListener("keydown", this.onKey);
    this.host.removeEventListener("focusin", this.onFocus);
    this.sheet.remove();
  }

  private add(k: number, label: Label): HTMLElement {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "map-label";
    element.tabIndex = -1;
    element.dataset.label = String(k);
    element.style.fontSize = `${label.size.toFixed(1)}px`;
    element.append(document.createElement("b"));
    this.write(element, label);
    this.elements.set(k, element);
    this.sheet.append(element);
    return element;
  }

  /** Look at each label: where it belongs on the sheet, and how far that may be moved before it has to be looked at again. */
  private arrange({ camera, view, insets }: Followed): void {
    const { leeway } = this;
    const { moved } = this.drift;
    const seen = new Set<number>();
    let changed = false;
    leeway.begin(moved);
    for (let k = 0; k < this.labels.length; k++) {
      const label = this.labels[k] as Label;
      if (label.from > camera.scale || (label.to ?? Number.POSITIVE_INFINITY) <= camera.scale) continue;
      if (seen.size === MOST) {
        leeway.keep("x", 0, 0, 0); // it is there as soon as another has gone
        break;
      }
      const place = toScreen(camera, view, label);
      if (outside(place, view, label.width, leeway)) continue;
      const at = { x: readableX(place.x, label.width / 2, view, insets, leeway), y: place.y };
      seen.add(k);
      const known = this.elements.get(k);
      const element = known ?? this.add(k, label);
      changed ||= !known;
      this.put(k, element, { x: at.x - moved.x, y: at.y - moved.y });
    }
    for (const [k, element] of this.elements) {
      if (seen.has(k)) continue;
      element.remove();
      this.elements.delete(k);
      this.places.delete(k);
      changed = true;
    }
    if (changed) this.keepStop();
  }

  /** Put a label on the sheet, unless it is there already. */
  private put(k: number, element: HTMLElement, at: Point): void {
    const before = this.places.get(k);
    if (before && Math.abs(before.x - at.x) < STILL && Math.abs(before.y - at.y) < STILL) return;
    this.places.set(k, at);
    element.style.transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`; // which browsers read fastest
  }

  private write(element: HTMLElement, { code }: Label): void {
    const { text, color, lit, picked } = this.wordings.get(code) ?? NO_WORDING;
    (element.firstChild as HTMLElement).textContent = text;
    element.hidden = text === ""; // while names of other places are on their way
    element.style.setProperty("--own", color);
    element.classList.toggle("dim", !lit);
    element.setAttribute("aria-pressed", String(picked));
  }

  /** One of the labels can be reached by Tab: the focused one, else the most important in sight. */
  private keepStop(): void {
    const focused = this.labelOf(document.activeElement);
    const stop = focused ?? Math.min(...this.elements.keys());
    for (const [k, element] of this.elements) {
      const index = k === stop ? 0 : -1;
      if (element.tabIndex !== index) element.tabIndex = index;
    }
  }

  private labelOf(element: unknown): number | null {
    if (!(element instanceof HTMLElement) || !this.host.contains(element)) return null;
    const k = Number(element.dataset.label);
    return this.elements.has(k) ? k : null;
  }

  private readonly onFocus = () => this.keepStop();

  private readonly onKey = (event: KeyboardEvent) => {
    const k = this.labelOf(event.target);
    if (k === null) return;
    if (event.key === "Enter" || event.key === " ") {
      this.onPick(this.labels[k]!.code, event.shiftKey || event.ctrlKey || event.metaKey);
    } else if (event.key in ARROWS) this.next(k, ARROWS[event.key]!);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Move the focus to the next label in sight that lies that way. */
  private next(from: number, [right, down]: readonly [number, number]): void {
    const start = this.places.get(from)!;
    let [nearest, least] = [from, Number.POSITIVE_INFINITY];
    for (const [k, { x, y }] of this.places) {
      const along = (x - start.x) * right + (y - start.y) * down;
      const aside = Math.abs((x - start.x) * down) + Math.abs((y - start.y) * right);
      if (k !== from && along > 0 && along + 2 * aside < least) [nearest, least] = [k, along + 2 * aside];
    }
    this.elements.get(nearest)?.focus({ preventScroll: true });
  }
}

const NO_WORDING: Wording = { text: "", color: "", lit: true, picked: false };
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};
