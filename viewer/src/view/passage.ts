/** The layouts a view shows: read as they arrive, and gone between. */

import type { MapBundle } from "../bundle/index.ts";
import { boxBetween } from "../camera/bounds.ts";
import { boxOf, STEPS } from "../camera/frame.ts";
import type { CameraRig } from "../camera/rig.ts";
import type { Indexer } from "../data/indexer.ts";
import { companionOf } from "../interaction/companion.ts";
import { GLIDE_MS } from "../layers/glide.ts";
import { Gridder } from "../layers/gridder.ts";
import { type Layout, pointOf } from "../layers/layout.ts";
import { readLayout, streamLayout } from "../layers/loader.ts";
import { maxScaleOf } from "../layers/look.ts";
import type { Renderer, Shown } from "../layers/renderer.ts";
import { SURVEYED, type Survey, survey } from "../layers/spacing.ts";
import { type Surveyed, Transition } from "../layers/transition.ts";

export class Passage {
  /** The layouts shown; null before the first items have arrived. */
  transition: Transition | null = null;
  /** Items whose positions have arrived. */
  loaded = 0;
  /** Projections being read, and the number of the newest wish: an older one that comes late is dropped. */
  private reading = 0;
  private newest = 0;
  /** The newest wish at the time the camera was last placed: who places it wants it there. */
  private placed = 0;
  private readonly gridder = new Gridder();
  private readonly surveys = new WeakMap<Layout["cells"], { sample: number; survey: Survey }>();
  private gridded = false;
  /** The projection last asked for. */
  private name: string | null = null;

  /** @param onSwitch another layout has been set off for: what the pointer is over is no longer there. */
  constructor(
    private readonly map: MapBundle,
    private readonly rig: CameraRig,
    private readonly indexer: Indexer,
    private readonly renderer: Renderer,
    private readonly wake: () => void,
    private readonly onSwitch: () => void,
  ) {}

  /** Whether items are on their way between layouts. */
  get moving(): boolean {
    return this.transition?.moving ?? false;
  }

  /** Whether everything asked for has been read. */
  get complete(): boolean {
    return this.reading === 0;
  }

  /** Show a projection, its first part as soon as it is there; points glide to it from the one shown. */
  async show(name: string, animate: boolean): Promise<void> {
    this.name = name;
    const turn = ++this.newest;
    const stale = () => turn !== this.newest;
    this.reading++;
    try {
      if (this.transition) {
        const layout = await this.arrange(await readLayout(this.map, name));
        if (!stale()) this.switchTo(layout, animate && !this.rig.still);
        return;
      }
      const layout = await streamLayout(this.map, name, (partial, first, count) => {
        if (!stale()) this.addItems(partial, first, count);
      });
      if (!stale()) this.refine(layout);
      const arranged = await this.arrange(layout);
      if (arranged !== layout && !stale()) this.switchTo(arranged, animate && !this.rig.still);
    } finally {
      this.reading--;
      this.wake();
    }
  }

  /** Show a frame of a sequence: points glide to it, or stand there at once. Whatever else was on its way is dropped. */
  showFrame(frame: Surveyed, animate: boolean): void {
    const { transition } = this;
    this.newest++;
    if (!transition) {
      this.transition = new Transition(frame.layout, frame.survey);
      this.loaded = this.map.count;
      this.upload();
      this.settle(0);
      return;
    }
    if (!transition.held) {
      this.switchTo(frame.layout, animate && !this.rig.still, frame.survey);
      return;
    }
    transition.start(frame.layout, frame.survey, false, this.rig.camera); // a hand or a clock has brought the points there
    this.upload();
    this.settle(0);
  }

  /** Hold the points between two frames, at the share t of their way, until told otherwise. */
  hold(from: Surveyed, to: Surveyed, t: number): void {
    if (!this.transition || this.loaded < this.map.count) return;
    this.newest++;
    const wasMoving = this.moving;
    if (this.transition.hold(from, to, t)) this.upload();
    if (!wasMoving) this.onSwitch();
    const maxScale = maxScaleOf(Math.min(from.survey.spacing, to.survey.spacing), 65536);
    const home = boxBetween(from.survey.box, to.survey.box, t); // at home, the camera goes along
    this.rig.setTerrain({ box: boxOf(to.layout.frame), home, maxScale }, 0);
    this.wake();
  }

  /** Let items stand in a grid where none covers another, or where the projection has them. */
  async setGrid(gridded: boolean): Promise<void> {
    if (gridded === this.gridded) return;
    this.gridded = gridded;
    if (this.name !== null && this.transition?.to.name === this.name) await this.show(this.name, true);
  }

  /** The layout as it is to be shown: on a grid, or as it is. */
  arrange(layout: Layout): Layout | Promise<Layout> {
    return this.gridded ? this.gridder.grid(layout) : layout;
  }

  /** The camera has been placed on purpose: the projection on its way leaves it there. */
  keepCamera(): void {
    this.placed = this.newest;
  }

  /** Drop what is being read. */
  abandon(): void {
    this.newest++;
    this.gridder.dispose();
  }

  /** What a frame is drawn of; null before there is anything. */
  shown(resting: boolean): Shown | null {
    const { transition, loaded, rig } = this;
    if (!transition) return null;
    return {
      camera: rig.camera,
      view: rig.view,
      transition,
      index: this.indexer.index,
      zoom: rig.camera.scale / rig.homeCamera.scale,
      loaded,
      resting,
    };
  }

  /** Move on by some milliseconds. */
  step(milliseconds: number): void {
    if (this.transition?.step(milliseconds)) this.upload();
  }

  /** Hand the layouts to the GPU. */
  upload(): void {
    if (this.transition) this.renderer.setLayouts(this.transition, this.loaded);
    this.wake();
  }

  /** Show the first items of the first projection, or more of them. */
  private addItems(layout: Layout, first: number, count: number): void {
    const loaded = first + count;
    const surveyed = this.surveyOf(layout, loaded);
    this.loaded = loaded;
    if (this.transition) this.transition.resurvey(surveyed);
    else this.transition = new Transition(layout, surveyed);
    this.upload();
    this.settle(0);
  }

  /** Take the finer plane of the layout shown. */
  private refine(layout: Layout): void {
    this.transition?.refine(layout);
    this.loaded = this.map.count;
    this.upload();
    this.settle(0);
  }

  private switchTo(layout: Layout, wished: boolean, known?: Survey): void {
    const { transition, map, rig } = this;
    if (!transition) return;
    const animate = wished && this.loaded === map.count; // items that had no place yet cannot glide
    const shown = this.shown(true);
    const companion = shown && this.placed !== this.newest ? companionOf(shown, this.renderer) : null;
    const from = companion === null ? null : transition.pointOf(companion);
    const spacing = from && transition.target.around(from);
    const surveyed = known ?? this.surveyOf(layout, map.count);
    transition.start(layout, surveyed, animate, rig.camera);
    this.loaded = map.count;
    this.upload();
    this.settle(animate ? GLIDE_MS : 0);
    this.onSwitch();
    if (companion === null || !from || !spacing) return;
    const there = transition.target.around(pointOf(layout, companion));
    const point = () => ({ at: transition.pointOf(companion), progress: transition.glide });
    rig.follow(point, rig.camera.scale * (spacing / there), from);
  }

  /** Survey what has arrived of a layout, once: parts beyond the sample change nothing. */
  private surveyOf(layout: Layout, loaded: number): Survey {
    const sample = Math.min(loaded, SURVEYED);
    const known = this.surveys.get(layout.cells);
    if (known?.sample === sample) return known.survey;
    const surveyed = { sample, survey: survey(layout, sample, this.map.count) };
    this.surveys.set(layout.cells, surveyed);
    return surveyed.survey;
  }

  /** Let camera and index follow the layout shown. */
  private settle(milliseconds: number): void {
    const { transition } = this;
    if (!transition) return;
    const { to, target } = transition;
    const maxScale = maxScaleOf(target.spacing, to.fine ? STEPS : 65536);
    this.rig.setTerrain({ box: boxOf(to.frame), home: target.box, maxScale }, milliseconds);
    this.indexer.build(to, this.loaded);
    this.wake();
  }
}
