/** The map on a canvas: what the page steers and asks. Items are display indices; screen points are CSS pixels. */

import type { MapBundle } from "./bundle/index.ts";
import type { Box, Camera, Insets, Point, Viewport } from "./camera/camera.ts";
import { cameraWithItem } from "./camera/keep.ts";
import { CameraRig } from "./camera/rig.ts";
import { Indexer } from "./data/indexer.ts";
import type { Mask } from "./data/mask.ts";
import { FrameLoop } from "./interaction/loop.ts";
import type { Modifiers } from "./interaction/pointers.ts";
import type { Layout } from "./layers/layout.ts";
import { visitScale } from "./layers/look.ts";
import { PageReader } from "./layers/pagereader.ts";
import { Renderer, type Shown, type SpriteStyle } from "./layers/renderer.ts";
import type { Surveyed } from "./layers/transition.ts";
import { presentedAfter } from "./presented.ts";
import type { Density } from "./state/look.ts";
import type { Theme } from "./theme.ts";
import { Corner } from "./view/corner.ts";
import { expose } from "./view/exposure.ts";
import { gripOf } from "./view/grip.ts";
import { Hand, type HandTool } from "./view/hand.ts";
import { Haze } from "./view/haze.ts";
import { Passage } from "./view/passage.ts";
import { Rest } from "./view/rest.ts";
import { Sight } from "./view/sight.ts";
import { statsOf } from "./view/stats.ts";
import type { Names, ViewOptions, ViewStats } from "./view/types.ts";

export type { Camera, Insets, Point } from "./camera/camera.ts";
export { UnsupportedError } from "./gl/context.ts";
export { moveByKey } from "./interaction/keys.ts";
export type { Modifiers } from "./interaction/pointers.ts";
export type { SpriteStyle } from "./layers/renderer.ts";
export type { Names, ScreenBox, ViewOptions, ViewStats } from "./view/types.ts";

/** What covers an edge of the map comes and goes; home makes room for it in this time. */
const INSET_MS = 260;
/** Light that changes again within this time is being brushed. */
const BRUSHED_MS = 600;
/** Images wait for the first picture, but no longer than this: colours may never come. */
const PAGES_WAIT_MS = 3000;

export class MapView {
  onHover: (item: number | null, at: Point) => void = () => undefined;
  onClick: (item: number | null, modifiers: Modifiers, at: Point) => void = () => undefined;
  /** The names that stand over the items, where there are any. */
  names: Names | null = null;
  /** Called when the camera has come to rest. */
  onRest: () => void = () => undefined;
  onStats: (stats: ViewStats) => void = () => undefined;
  /** Called after each frame, for what is drawn over the map outside of WebGL: `slid` where only the camera's place has changed. */
  readonly onFrame = new Set<(slid: boolean) => void>();

  /** Where things are on screen, and what is where. */
  readonly sight: Sight;

  private readonly rig: CameraRig;
  private readonly loop: FrameLoop;
  private readonly pages: PageReader;
  private readonly indexer: Indexer;
  private readonly renderer: Renderer;
  private readonly passage: Passage;
  private readonly hand: Hand;
  private readonly haze: Haze;
  private readonly observer: ResizeObserver;
  /** Fulfilled when the first items have been drawn in their colours. */
  readonly painted: Promise<void>;
  private tellPainted: () => void = () => undefined;
  private readonly cornerOf: Corner;
  private readonly rest = new Rest(() => this.rested());
  /** When the items' light last changed. */
  private dimmedAt = Number.NEGATIVE_INFINITY;

  /** Raises UnsupportedError where there is no WebGL2. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly map: MapBundle,
    { theme, reducedMotion: still, device }: ViewOptions,
  ) {
    this.painted = new Promise((resolve) => {
      this.tellPainted = resolve;
    });
    this.cornerOf = new Corner(canvas);
    this.rig = new CameraRig(still);
    this.loop = new FrameLoop(
      (milliseconds, now, changed) => this.frame(milliseconds, now, changed),
      () => !this.renderer.busy,
    );
    this.pages = new PageReader(map, presentedAfter(this.painted, PAGES_WAIT_MS));
    const wake = () => this.loop.wake();
    this.renderer = new Renderer(canvas, map, this.pages, { theme, still, device }, wake, () =>
      this.passage.upload(),
    );
    const indexed = () => {
      wake();
      this.keepInView(); // the camera may have come to rest before
    };
    this.indexer = new Indexer(indexed, this.painted); // the first picture has the processor for itself
    this.passage = new Passage(map, this.rig, this.indexer, this.renderer, wake, () => this.hand.point(null));
    this.sight = new Sight(
      map.count,
      this.rig,
      this.passage,
      this.renderer,
      new Set(map.manifest.projections.map(({ name }) => name)),
    );
    const { passage, renderer } = this;
    const [shown, moved] = [() => this.shown(), () => this.moved()];
    this.hand = new Hand(canvas, this.rig, gripOf(this, { passage, renderer, shown, moved, wake }));
    this.haze = new Haze(this.renderer, wake);
    this.observer = new ResizeObserver(([entry]) => this.resize(entry));
    try {
      this.observer.observe(canvas, { box: "device-pixel-content-box" }); // also tells of a new pixel ratio
    } catch {
      this.observer.observe(canvas); // Safari knows no device pixels
    }
    this.resize();
  }

  /** Show a projection, its first part as soon as it is there; points glide to it from the one shown. */
  setProjection(name: string, animate: boolean): Promise<void> {
    return this.passage.show(name, animate);
  }

  /** Show a frame of a sequence; points glide to it, or stand there at once. */
  showFrame(frame: Surveyed, animate: boolean): void {
    this.passage.showFrame(frame, animate);
  }

  /** A layout as this view is to show it: on a grid, or as it is. */
  readonly arrange = (layout: Layout): Layout | Promise<Layout> => this.passage.arrange(layout);

  /** Hold the points at the share t of their way between two frames, as a timeline's hand or clock moves on. */
  holdBetween(from: Surveyed, to: Surveyed, t: number): void {
    this.passage.hold(from, to, t);
  }

  /** @param rgb (count × 3) sRGB, in display order. */
  setColors(rgb: Uint8Array): void {
    this.renderer.setColors(rgb);
    this.loop.wake();
  }

  /**
   * Colour items by code.
   * @param codes one an item, in display order.
   * @param table sRGB by code, count × 3.
   */
  setTint({ codes, table }: { codes: ArrayLike<number>; table: Uint8Array }): void {
    this.renderer.setTint(codes, table);
    this.loop.wake();
  }

  /**
   * Dim items; under a brush that counts as movement, in which a software renderer draws less.
   * @param mask one byte an item, 0 to dim it; null lights all.
   */
  setDim(mask: Mask | null): void {
    const now = performance.now();
    this.renderer.setDim(mask);
    if (now - this.dimmedAt < BRUSHED_MS) this.moved();
    this.loop.wake();
    this.dimmedAt = now;
  }

  /** Put a ring around items and draw them on top. */
  setHighlight(items: readonly number[]): void {
    this.renderer.setHighlight(items);
    this.loop.wake();
  }

  setTheme(theme: Theme): void {
    this.renderer.theme = theme;
    this.loop.wake();
  }

  setSprites(style: SpriteStyle): void {
    this.renderer.sprites = style;
    this.loop.wake();
  }

  /** Let items stand in a grid where none covers another, near to where the projection has them. */
  setGrid(gridded: boolean): Promise<void> {
    return this.passage.setGrid(gridded);
  }

  setDensity(density: Density): void {
    this.renderer.density = density;
    this.haze.wish(density !== "off");
    this.loop.wake();
  }

  /** Let home and the limits leave room for what covers the canvas's edges. */
  setInsets(insets: Insets): void {
    this.rig.resize(this.rig.view, insets, this.passage.transition ? INSET_MS : 0);
    this.loop.wake();
    this.moved();
  }

  setReducedMotion(reduced: boolean): void {
    this.rig.still = this.renderer.still = reduced;
  }

  home(animate = true): void {
    this.rig.home(animate);
    this.moved();
  }

  zoomBy(factor: number, at?: Point): void {
    const { width, height } = this.rig.view;
    this.rig.zoomBy(factor, at ?? { x: width / 2, y: height / 2 }, true);
    this.moved();
  }

  panBy(dx: number, dy: number): void {
    this.rig.panBy(dx, dy, true);
    this.moved();
  }

  flyTo(item: number): void {
    const { transition } = this.passage;
    const place = this.sight.placeOf(item);
    if (!transition || !place) return;
    this.rig.flyTo(place, visitScale(transition.target.around(place), this.renderer.sprites.size));
    this.moved();
  }

  /** Show a part of the map as large as it fits. */
  flyToBox(box: Box): void {
    this.rig.showBox(box);
    this.moved();
  }

  /** What the pointer draws with; null lets it hold the map. */
  setTool(tool: HandTool | null): void {
    this.hand.tool = tool;
    this.loop.wake();
  }

  /** Where the view is: map units (the layout's larger side is 1, y up), and CSS pixels per map unit. */
  get camera(): Camera {
    return this.rig.camera;
  }

  /** Where the canvas's upper left corner is in the window, CSS pixels. */
  get corner(): Point {
    return this.cornerOf.at;
  }

  /** The canvas's size, CSS pixels. */
  get viewport(): Viewport {
    return this.rig.view;
  }

  /** What covers the canvas's edges, CSS pixels. */
  get insets(): Insets {
    return this.rig.insets;
  }

  /** The box that home shows, map units; null before there are items. */
  get homeBox(): Box | null {
    return this.passage.transition?.target.box ?? null;
  }

  /** Whether the camera shows the whole map, or is on its way there. */
  get atHome(): boolean {
    return this.rig.atHome;
  }

  /** Where the view is when it shows the whole map. */
  get homeCamera(): Camera {
    return this.rig.homeCamera;
  }

  setCamera(camera: Camera): void {
    this.passage.keepCamera();
    this.rig.jump(camera);
    this.moved();
  }

  /** Counts changes of the items' colours and light. */
  get restyled(): number {
    return this.renderer.restyled;
  }

  /** The items' colours and light, see ItemStyle. */
  wordsOf(items: ArrayLike<number>): Uint32Array {
    return this.renderer.wordsOf(items);
  }

  /** Whether items are on their way between layouts. */
  get moving(): boolean {
    return this.passage.moving;
  }

  /** The layout shown, whole and at rest, else null: what is computed from positions starts here. */
  get layout(): Layout | null {
    const { transition, loaded, moving } = this.passage;
    return transition && !moving && loaded === this.map.count ? transition.to : null;
  }

  /** Whether a tool draws over the map. */
  get drawing(): boolean {
    return this.hand.drawing;
  }

  /** Cut an item's image out of the finest sprite page; null in a map without sprites. */
  readonly spriteOf = (item: number): Promise<ImageBitmap | null> => this.pages.crop(item);

  stats(): ViewStats {
    const { renderer, passage, indexer, haze } = this;
    const drawn = !this.loop.pending && !this.hand.looking;
    const still = drawn && this.rest.resting && !this.rig.moving && !passage.moving;
    return statsOf({ renderer, passage, indexer, haze }, still);
  }

  /** Draw a frame now and read its pixels, top row first. */
  async capture(): Promise<ImageData> {
    this.renderer.draw(this.shown(), this.rig.view, performance.now());
    return this.renderer.readPixels();
  }

  /** Draw the view at `ratio` pixels per CSS pixel, once every image in it has arrived; raises PictureError. */
  async picture(ratio: number): Promise<ImageBitmap> {
    try {
      return await expose(this.canvas, this.renderer, this.rig.view, ratio, () => this.passage.shown(true));
    } finally {
      this.renderer.enlarge(null, this.rig.view);
      this.renderer.draw(this.shown(), this.rig.view, performance.now()); // before the browser paints
      this.loop.wake();
    }
  }

  destroy(): void {
    this.passage.abandon();
    this.rest.dispose();
    this.loop.stop();
    this.observer.disconnect();
    this.hand.dispose();
    this.haze.dispose();
    this.indexer.dispose();
    this.pages.dispose();
    this.renderer.dispose();
  }

  private shown(): Shown | null {
    return this.passage.shown(this.rest.resting);
  }

  /** One animation frame; returns whether the next one follows at once. */
  private frame(milliseconds: number, now: number, changed: boolean): boolean {
    const { passage, rig } = this;
    passage.step(milliseconds);
    const moved = rig.step(milliseconds); // after the glide, for it may ride along with an item
    const slid = !changed && !passage.moving && this.renderer.slide(rig.camera, this.rest.resting);
    const more = !slid && this.draw(now);
    if (moved) this.moved();
    this.hand.pick();
    if (!slid || this.rest.resting) this.onStats(this.stats());
    for (const follow of this.onFrame) follow(slid);
    return more || rig.moving || passage.moving;
  }

  /** Draw anew; returns whether the next frame will differ by itself. */
  private draw(now: number): boolean {
    const more = this.renderer.draw(this.shown(), this.rig.view, now);
    if (more) this.loop.wake();
    if (this.passage.loaded > 0 && this.renderer.colored) this.tellPainted();
    this.haze.follow(this.layout);
    return more;
  }

  private moved(): void {
    this.rest.moved();
    this.loop.ask();
  }

  private rested(): void {
    this.loop.ask();
    if (this.hand.holding) return; // it will let go
    this.onRest();
    this.keepInView();
  }

  /** Where a resting camera shows nothing, slide it on to the nearest item, once all are known. */
  private keepInView(): void {
    const { index } = this.indexer;
    const moving = !this.rest.resting || this.rig.moving || this.passage.moving || this.hand.holding;
    if (!index || moving || !this.passage.complete) return;
    const kept = cameraWithItem(this.rig.camera, this.rig.view, index);
    if (!kept) return;
    this.rig.slideTo(kept);
    this.moved();
  }

  private resize(entry?: ResizeObserverEntry): void {
    this.cornerOf.resized(entry !== undefined);
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const cleared = this.renderer.resize({ width, height }, entry?.devicePixelContentBoxSize?.[0]);
    this.rig.resize({ width: Math.max(width, 1), height: Math.max(height, 1) });
    if (cleared) this.renderer.draw(this.shown(), this.rig.view, performance.now()); // before the browser paints
    this.loop.wake();
    this.moved();
  }
}
