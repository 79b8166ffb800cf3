/** The layouts shown: at rest on one, or on the way from one to the next. */

import type { Camera, Point } from "../camera/camera.ts";
import { frozen, GLIDE_MS, gliding } from "./glide.ts";
import type { Layout } from "./layout.ts";
import type { Spacing, Survey } from "./spacing.ts";

/** A layout, and what is known of its scale. */
export interface Surveyed {
  readonly layout: Layout;
  readonly survey: Survey;
}

/** A glide that is held never says of itself that it has come to rest. */
const AWAY = 1 - 1e-6;

export class Transition {
  from: Layout;
  to: Layout;
  /** 0 … 1; 1 at rest. */
  glide = 1;
  /** Whether a hand or a clock holds the items between two frames: all go evenly, and none by itself. */
  held = false;
  private fromSpacing: Spacing;
  private survey: Survey;

  constructor(layout: Layout, survey: Survey) {
    this.from = this.to = layout;
    this.survey = survey;
    this.fromSpacing = survey;
  }

  get moving(): boolean {
    return this.glide < 1;
  }

  /** The layout being shown or gone to, as surveyed. */
  get target(): Survey {
    return this.survey;
  }

  /** The distance between neighbours that a camera's items are sized by, map units, between the two layouts' own. */
  spacingFor(camera: Camera): number {
    const from = this.fromSpacing.spacingFor(camera);
    return this.moving ? from * (this.survey.spacingFor(camera) / from) ** this.glide : from;
  }

  /** How far the items stand in a grid, 0 … 1. */
  get gridded(): number {
    const [from, to] = [this.from.pitch ? 1 : 0, this.to.pitch ? 1 : 0];
    return from + (to - from) * this.glide;
  }

  /** Set off for another layout, from where everything is now. */
  start(to: Layout, survey: Survey, animate: boolean, camera: Camera): void {
    if (this.moving) {
      const spacing = this.spacingFor(camera);
      this.fromSpacing = { spacingFor: () => spacing };
    }
    this.from = this.moving ? frozen(this.from, this.to, this.glide, this.held) : this.to;
    this.to = to;
    this.survey = survey;
    this.glide = 0;
    this.held = false;
    if (!animate) this.rest();
  }

  /** Hold all items at the share t of their way between two frames; returns whether these are others than before. */
  hold(from: Surveyed, to: Surveyed, t: number): boolean {
    const others = this.from !== from.layout || this.to !== to.layout || !this.held;
    this.from = from.layout;
    this.to = to.layout;
    this.fromSpacing = from.survey;
    this.survey = to.survey;
    this.held = true;
    this.glide = Math.min(Math.max(t, 0), AWAY);
    return others;
  }

  /** Put a finer copy of the layout in its place: the same positions, known better. */
  refine(to: Layout): void {
    if (this.from === this.to) this.from = to;
    this.to = to;
  }

  /** Learn how the layout shown is spread, once more of it is known. */
  resurvey(survey: Survey): void {
    if (!this.moving) this.fromSpacing = survey;
    this.survey = survey;
  }

  /** Move on by some milliseconds; returns whether the glide has just come to rest. */
  step(milliseconds: number): boolean {
    if (!this.moving || this.held) return false;
    this.glide = Math.min(this.glide + milliseconds / GLIDE_MS, 1);
    if (this.moving) return false;
    this.rest();
    return true;
  }

  pointOf(item: number): Point {
    return gliding(this.from, this.to, this.glide, item, this.held);
  }

  private rest(): void {
    this.glide = 1;
    this.held = false;
    this.from = this.to;
    this.fromSpacing = this.survey;
  }
}
