/** The second map: it shows the same items in the same looks, laid out otherwise, and shares hover, pin and camera. */

import { effect } from "@preact/signals";
import type { Atlas } from "../app.ts";
import { MapError } from "../bundle/index.ts";
import type { Camera, Insets, Point } from "../camera/camera.ts";
import { Labels } from "../labels/follow.ts";
import { Chooser, handTool } from "../selection/index.ts";
import { followLook } from "../showing.ts";
import { type FrameReader, frameReader } from "../timeline/frames.ts";
import { MapView, type ScreenBox } from "../view.ts";
import { boxOfMost } from "./link.ts";
import { layoutsOf } from "./place.ts";

/** Items of a view that decide what the other one shows. */
const DECIDING = 3000;
/** The other map follows by its items once the hand has rested for this long. */
const REST_MS = 180;

export class Beside {
  readonly view: MapView;
  /** Draws on this map what is then chosen on both. */
  readonly chooser: Chooser;
  private readonly endings: (() => void)[] = [];
  private readonly frame: FrameReader;
  /** The map whose camera the other one follows: the one last touched. */
  private leader: MapView;
  private seen: Camera | null = null;
  private timer = 0;
  private closed = false;

  constructor(
    private readonly atlas: Atlas,
    private readonly canvas: HTMLCanvasElement,
    labelHost: HTMLElement,
    still: boolean,
  ) {
    const { bundle, state } = atlas;
    this.view = new MapView(canvas, bundle, { theme: state.theme.peek(), reducedMotion: still });
    this.leader = atlas.view;
    this.frame = frameReader(bundle, this.view.arrange);
    this.chooser = new Chooser(state, this.view.sight, bundle.count, (box) => this.view.flyToBox(box));
    const labels = new Labels(bundle, state, this.view, labelHost);
    this.listen(labels);
    this.endings.push(followLook(state, this.view), this.followLayout(), this.followCamera());
    this.endings.push(handTool(state, this.view, this.chooser), () => labels.dispose());
  }

  /** The square that an item's image covers in the window; null where it is a dot, undefined where the pointer is elsewhere. */
  boxOf(item: number, pointer: Point): ScreenBox | null | undefined {
    const { left, top, right, bottom } = this.canvas.getBoundingClientRect();
    const here = pointer.x >= left && pointer.x < right && pointer.y >= top && pointer.y < bottom;
    if (!here) return undefined;
    const box = this.view.sight.spriteBox(item);
    return (
      box && { left: box.left + left, top: box.top + top, right: box.right + left, bottom: box.bottom + top }
    );
  }

  setInsets(insets: Insets): void {
    this.view.setInsets(insets);
  }

  dispose(): void {
    this.closed = true;
    clearTimeout(this.timer);
    for (const end of this.endings) end();
    this.frame.close();
    this.view.destroy();
    // A browser keeps a few contexts and takes the oldest when there are too many: the first map's.
    this.canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
  }

  /** What is done on this canvas is done to the atlas, where the canvas stands in the window. */
  private listen(labels: Labels): void {
    const { view, state } = this.atlas;
    this.view.onHover = (item, at) => {
      const { left, top } = this.canvas.getBoundingClientRect();
      view.onHover(item, { x: at.x + left, y: at.y + top });
    };
    this.view.names = labels;
    this.view.onClick = (item, modifiers, at) => {
      if (!this.chooser.click(item, modifiers, at)) state.selected.value = item;
    };
    const lead = (event: Event) => {
      if (event.target === this.canvas) this.lead(this.view);
      else if (event.type === "keydown" || event.target instanceof HTMLCanvasElement) this.lead(view);
    };
    for (const type of ["pointerdown", "wheel", "keydown"]) {
      addEventListener(type, lead, { capture: true, passive: true });
      this.endings.push(() => removeEventListener(type, lead, { capture: true }));
    }
  }

  /** Follow this map from now on; where it is already is no reason to move the other. */
  private lead(view: MapView): void {
    if (view === this.leader) return;
    this.leader = view;
    this.seen = { ...view.camera };
  }

  /** Show the layout that the state names. */
  private followLayout(): () => void {
    const { bundle, state } = this.atlas;
    let shown = false;
    return effect(() => {
      const name = state.compare.beside.value;
      state.look.grid.value; // frames are arranged as they are read
      const layout = layoutsOf(bundle.manifest).find((one) => one.name === name);
      if (!layout) return;
      const showing = layout.sequence
        ? this.frame.read(layout.sequence, layout.frame).then((frame) => {
            if (state.compare.beside.peek() === name) this.view.showFrame(frame, shown);
          })
        : this.view.setProjection(layout.name, shown);
      showing.then(
        () => {
          shown = true;
          this.catchUp();
        },
        (error: Error) => {
          if (!(error instanceof MapError)) return; // the map has been closed
          this.atlas.tell(layout.title, error);
          if (!shown) state.compare.beside.value = null;
        },
      );
    });
  }

  private followCamera(): () => void {
    const { view, state } = this.atlas;
    const follow = (moved: MapView) => () => {
      if (!state.compare.linked.peek() || moved !== this.leader) return;
      const { x, y, scale } = moved.camera;
      if (this.seen && this.seen.x === x && this.seen.y === y && this.seen.scale === scale) return;
      this.seen = { x, y, scale };
      this.catchUp();
    };
    const [ofFirst, ofSecond] = [follow(view), follow(this.view)];
    view.onFrame.add(ofFirst);
    this.view.onFrame.add(ofSecond);
    const linked = effect(() => {
      if (state.compare.linked.value) this.catchUp(); // joined anew
    });
    return () => {
      view.onFrame.delete(ofFirst);
      linked();
    };
  }

  /** Let the follower go where the leader is, once that rests. */
  private catchUp(): void {
    clearTimeout(this.timer);
    if (this.closed || !this.atlas.state.compare.linked.peek()) return;
    this.timer = window.setTimeout(() => this.showItems(), REST_MS);
  }

  private get follower(): MapView {
    return this.leader === this.view ? this.atlas.view : this.view;
  }

  /**
   * Bring the items that the leader shows into the follower's view, however far apart they lie there: in another layout the
   * same place would show others.
   */
  private showItems(): void {
    const { leader, follower } = this;
    if (!leader.layout || !follower.layout) {
      this.catchUp(); // items are still on their way
      return;
    }
    if (leader.atHome) {
      follower.home();
      return;
    }
    const box = boxOfMost(
      [...leader.sight.itemsInView(DECIDING)].flatMap((item) => follower.sight.pointOf(item) ?? []),
    );
    if (box) follower.flyToBox(box);
  }
}
