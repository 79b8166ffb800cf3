/** Labels over the map as text in the page: each an element that follows its place. */

import { type Camera, type Point, toScreen, type Viewport } from "../camera/camera.ts";
import type { Label } from "./labels.worker.ts";

/** What a label says and how. */
export interface Wording {
  readonly text: string;
  /** A colour for the style sheet; "" for the colour of text. */
  readonly color: string;
  /** Whether its items are lit. */
  readonly lit: boolean;
}

const MOST = 150;
/** A label is in sight with its middle this far out of the view, CSS pixels. */
const BEYOND = 40;

export class LabelBoard {
  private labels: readonly Label[] = [];
  private wordings: ReadonlyMap<number, Wording> = new Map();
  private readonly elements = new Map<number, HTMLElement>();

  constructor(private readonly host: HTMLElement) {}

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

  /** Move what is shown along with the camera, bring in what has come in sight and drop what has left it. */
  follow(camera: Camera, view: Viewport): void {
    const seen = new Set<number>();
    for (let k = 0; k < this.labels.length && seen.size < MOST; k++) {
      const label = this.labels[k] as Label;
      if (label.from > camera.scale || (label.to ?? Number.POSITIVE_INFINITY) <= camera.scale) continue;
      const at = toScreen(camera, view, label);
      if (outside(at, view)) continue;
      seen.add(k);
      const element = this.elements.get(k) ?? this.add(k, label);
      element.style.transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`;
    }
    for (const [k, element] of this.elements) {
      if (seen.has(k)) continue;
      element.remove();
      this.elements.delete(k);
    }
  }

  /** Fade all labels, 0 … 1. */
  fade(opacity: number): void {
    const value = opacity.toFixed(2);
    if (this.host.style.opacity !== value) this.host.style.opacity = value;
    this.host.hidden = opacity < 0.01;
  }

  clear(): void {
    this.host.replaceChildren();
    this.elements.clear();
    this.labels = [];
  }

  private add(k: number, label: Label): HTMLElement {
    const element = document.createElement("span");
    element.className = "map-label";
    element.style.fontSize = `${label.size.toFixed(1)}px`;
    element.append(document.createElement("b"));
    this.write(element, label);
    this.elements.set(k, element);
    this.host.append(element);
    return element;
  }

  private write(element: HTMLElement, { code }: Label): void {
    const { text, color, lit } = this.wordings.get(code) ?? { text: "", color: "", lit: true };
    (element.firstChild as HTMLElement).textContent = text;
    element.style.setProperty("--own", color);
    element.classList.toggle("dim", !lit);
  }
}

function outside({ x, y }: Point, view: Viewport): boolean {
  return x < -BEYOND || y < -BEYOND || x > view.width + BEYOND || y > view.height + BEYOND;
}
