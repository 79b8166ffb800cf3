/** The layouts shown: at rest on one, or on the way from one to the next. */

import type { Camera, Point } from "../camera/camera.ts";
import { frozen, GLIDE_MS, gliding } from "./glide.ts";
import type { Layout } from "./layout.ts";
import type { Spacing, Survey } from "./spacing.ts";

export class Transition {
  from: Layout;
  to: Layout;
  /** 0 … 1; 1 at rest. */
  glide = 1;
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

  /** Set off for another layout, from where everything is now. */
  start(to: Layout, survey: Survey, animate: boolean, camera: Camera): void {
    if (this.moving) {
      const spacing = this.spacingFor(camera);
      this.fromSpacing = { spacingFor: () => spacing };
    }
    this.from = this.moving ? frozen(this.from, this.to, this.glide) : this.to;
    this.to = to;
    this.survey = survey;
    this.glide = 0;
    if (!animate) this.rest();
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
    if (!this.moving) return false;
    this.glide = Math.min(this.glide + milliseconds / GLIDE_MS, 1);
    if (this.moving) return false;
    this.rest();
    return true;
  }

  pointOf(item: number): Point {
    return gliding(this.from, this.to, this.glide, item);
  }

  private rest(): void {
    this.glide = 1;
    this.from = this.to;
    this.fromSpacing = this.survey;
  }
}
