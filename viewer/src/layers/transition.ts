/** The layouts shown: at rest on one, or on the way from one to the next. */

import type { Point } from "../camera/camera.ts";
import { frozen, GLIDE_MS, gliding } from "./glide.ts";
import type { Layout } from "./layout.ts";
import type { Survey } from "./spacing.ts";

export class Transition {
  from: Layout;
  to: Layout;
  /** 0 … 1; 1 at rest. */
  glide = 1;
  private fromSpacing: number;
  private survey: Survey;

  constructor(layout: Layout, survey: Survey) {
    this.from = this.to = layout;
    this.survey = survey;
    this.fromSpacing = survey.spacing;
  }

  get moving(): boolean {
    return this.glide < 1;
  }

  /** The layout being shown or gone to, as surveyed. */
  get target(): Survey {
    return this.survey;
  }

  /** Typical distance between neighbours, map units, between the two layouts' own. */
  get spacing(): number {
    return this.fromSpacing * (this.survey.spacing / this.fromSpacing) ** this.glide;
  }

  /** Set off for another layout, from where everything is now. */
  start(to: Layout, survey: Survey, animate: boolean): void {
    const from = this.moving ? frozen(this.from, this.to, this.glide) : this.to;
    const spacing = this.spacing;
    this.to = to;
    this.survey = survey;
    this.from = animate ? from : to;
    this.fromSpacing = animate ? spacing : survey.spacing;
    this.glide = animate ? 0 : 1;
  }

  /** Put a finer copy of the layout in its place: the same positions, known better. */
  refine(to: Layout): void {
    if (this.from === this.to) this.from = to;
    this.to = to;
  }

  /** Learn how the layout shown is spread, once more of it is known. */
  resurvey(survey: Survey): void {
    if (!this.moving) this.fromSpacing = survey.spacing;
    this.survey = survey;
  }

  /** Move on by some milliseconds; returns whether the glide has just come to rest. */
  step(milliseconds: number): boolean {
    if (!this.moving) return false;
    this.glide = Math.min(this.glide + milliseconds / GLIDE_MS, 1);
    if (this.moving) return false;
    this.from = this.to;
    this.fromSpacing = this.survey.spacing;
    return true;
  }

  pointOf(item: number): Point {
    return gliding(this.from, this.to, this.glide, item);
  }
}
