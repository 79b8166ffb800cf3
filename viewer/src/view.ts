/** The map on a canvas: what the page steers and asks. Items are display indices; screen points are CSS pixels. */

import type { MapBundle } from "./bundle/index.ts";
import { type Camera, type Insets, type Point, toScreen, visibleBox } from "./camera/camera.ts";
import { boxOf, STEPS } from "./camera/frame.ts";
import { cameraWithItem } from "./camera/keep.ts";
import { CameraRig } from "./camera/rig.ts";
import { Indexer } from "./data/indexer.ts";
import { companionOf } from "./interaction/companion.ts";
import { FrameLoop } from "./interaction/loop.ts";
import { itemUnder } from "./interaction/pick.ts";
import { type Handler, type Modifiers, Pointers } from "./interaction/pointers.ts";
import { GLIDE_MS } from "./layers/glide.ts";
import { type Layout, pointOf } from "./layers/layout.ts";
import { readLayout, streamLayout } from "./layers/loader.ts";
import { maxScaleOf, visitScale } from "./layers/look.ts";
import { PageReader } from "./layers/pagereader.ts";
import { Renderer, type Shown, type SpriteStyle } from "./layers/renderer.ts";
import { survey } from "./layers/spacing.ts";
import { Transition } from "./layers/transition.ts";
import type { Theme } from "./theme.ts";

export type { Camera, Insets, Point } from "./camera/camera.ts";
export { UnsupportedError } from "./gl/context.ts";
export { moveByKey } from "./interaction/keys.ts";
export type { Modifiers } from "./interaction/pointers.ts";
export type { SpriteStyle } from "./layers/renderer.ts";

export interface ViewOptions {
  readonly theme: Theme;
  readonly reducedMotion: boolean;
}

/** A box on screen, CSS pixels. */
export interface ScreenBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface ViewStats {
  /** Items drawn; dimmed ones count. */
  readonly points: number;
  /** Items drawn and not dimmed. */
  readonly bright: number;
  /** Items drawn as sprites. */
  readonly sprites: number;
  /** Frames drawn since the view was made. */
  readonly frames: number;
  /** Items whose positions have arrived. */
  readonly loaded: number;
  /** Progress between two projections, 1 at rest. */
  readonly glide: number;
  /** Nothing moves and nothing is on its way. */
  readonly idle: boolean;
  /** Milliseconds the last frame took on the CPU. */
  readonly frameTime: number;
  /** Sprite pages in memory, coarse and fine. */
  readonly pages: readonly [number, number];
  readonly renderer: string;
}

/** Items surveyed for spacing: a part of the display order is an even sample. */
const SURVEYED = 65536;
/** The camera rests when it has not moved for this long. */
const REST_MS = 120;

export class MapView {
  onHover: (item: number | null, at: Point) => void = () => undefined;
  onClick: (item: number | null, modifiers: Modifiers) => void = () => undefined;
  onCamera: () => void = () => undefined;
  onStats: (stats: ViewStats) => void = () => undefined;
  /** Called after each frame, for what is drawn over the map outside of WebGL. */
  readonly onFrame = new Set<() => void>();

  private readonly rig: CameraRig;
  private readonly loop: FrameLoop;
  private readonly pages: PageReader;
  private readonly indexer: Indexer;
  private readonly renderer: Renderer;
  private readonly pointers: Pointers;
  private readonly observer: ResizeObserver;
  private transition: Transition | null = null;
  private loaded = 0;
  /** Projections being read, and the number of the newest wish: an older one that comes late is dropped. */
  private reading = 0;
  private newest = 0;
  /** The newest wish at the time of the last setCamera: who places the camera wants it there. */
  private placed = 0;
  /** Runs while the camera has only just moved; 0 once it rests. */
  private restTimer = 0;
  private pointer: Point | null = null;
  private hovered: number | null = null;

  /** Raises UnsupportedError where there is no WebGL2. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly map: MapBundle,
    { theme, reducedMotion: still }: ViewOptions,
  ) {
    this.rig = new CameraRig(still);
    this.loop = new FrameLoop((milliseconds, now) => this.frame(milliseconds, now));
    this.pages = new PageReader(map);
    const wake = () => this.loop.wake();
    this.renderer = new Renderer(canvas, map, this.pages, { theme, still }, wake, () => this.upload());
    this.indexer = new Indexer(wake);
    this.pointers = new Pointers(canvas, this.handler());
    this.observer = new ResizeObserver(([entry]) => this.resize(entry));
    try {
      this.observer.observe(canvas, { box: "device-pixel-content-box" }); // also tells of a new pixel ratio
    } catch {
      this.observer.observe(canvas); // Safari knows no device pixels
    }
    this.resize();
  }

  /** Show a projection, its first part as soon as it is there; points glide to it from the one shown. */
  async setProjection(name: string, animate: boolean): Promise<void> {
    const turn = ++this.newest;
    const stale = () => turn !== this.newest;
    this.reading++;
    try {
      if (this.transition) {
        const layout = await readLayout(this.map, name);
        if (!stale()) this.switchTo(layout, animate && !this.rig.still);
        return;
      }
      const layout = await streamLayout(this.map, name, (partial, first, count) => {
        if (!stale()) this.addItems(partial, first, count);
      });
      if (!stale()) this.refine(layout);
    } finally {
      this.reading--;
      this.loop.wake();
    }
  }

  /** @param rgb (count × 3) sRGB, in display order. */
  setColors(rgb: Uint8Array): void {
    this.renderer.setColors(rgb);
    this.loop.wake();
  }

  /** @param mask one byte an item, 0 to dim it; null lights all. */
  setDim(mask: Uint8Array | null): void {
    this.renderer.setDim(mask);
    this.loop.wake();
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

  /** Let home and the limits leave room for what covers the canvas's edges. */
  setInsets(insets: Insets): void {
    this.rig.resize(this.rig.view, insets);
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
    if (!this.transition || !(item >= 0 && item < this.loaded)) return;
    const place = pointOf(this.transition.to, item);
    this.rig.flyTo(place, visitScale(this.transition.target.around(place), this.renderer.sprites.size));
    this.moved();
  }

  /** Where the view is: map units (the layout's larger side is 1, y up), and CSS pixels per map unit. */
  get camera(): Camera {
    return this.rig.camera;
  }

  setCamera(camera: Camera): void {
    this.placed = this.newest;
    this.rig.jump(camera);
    this.moved();
  }

  /** Where an item's middle is on screen, in sight or not; null before its position has arrived. */
  screenOf(item: number): Point | null {
    if (!this.transition || !(item >= 0 && item < this.loaded)) return null;
    return toScreen(this.rig.camera, this.rig.view, this.transition.pointOf(item));
  }

  /** The square that an item's sprite covers on screen; null where it is a dot. */
  spriteBox(item: number): ScreenBox | null {
    const at = this.screenOf(item);
    if (!at || !this.transition) return null;
    const { share, spriteSize } = this.renderer.lookAt(this.camera, this.transition);
    if (share < 0.5 || !this.renderer.isSprite(item)) return null;
    const half = spriteSize / 2;
    return { left: at.x - half, top: at.y - half, right: at.x + half, bottom: at.y + half };
  }

  /** The first `limit` items of the display order that are on screen. */
  itemsInView(limit: number): number[] {
    const { transition, loaded } = this;
    if (!transition) return [];
    const box = visibleBox(this.rig.camera, this.rig.view);
    const index = transition.moving ? null : this.indexer.index;
    if (index)
      return index
        .inBox(box)
        .sort((a, b) => a - b)
        .slice(0, limit);
    const found: number[] = [];
    for (let item = 0; item < loaded && found.length < limit; item++) {
      const { x, y } = transition.pointOf(item);
      if (x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY) found.push(item);
    }
    return found;
  }

  /** Cut an item's image out of the finest sprite page; null in a map without sprites. */
  readonly spriteOf = (item: number): Promise<ImageBitmap | null> => this.pages.crop(item);

  stats(): ViewStats {
    const { renderer, transition, loaded } = this;
    const still = !this.rig.moving && !this.loop.pending && !transition?.moving && this.restTimer === 0;
    const complete = this.reading === 0 && renderer.settled && (!transition || this.indexer.index !== null);
    return {
      points: loaded,
      bright: Math.min(renderer.bright, loaded),
      sprites: renderer.spriteCount,
      frames: renderer.frames,
      loaded,
      glide: transition?.glide ?? 1,
      idle: still && complete && !renderer.lost,
      frameTime: renderer.frameTime,
      pages: renderer.pagesHeld,
      renderer: renderer.device.renderer,
    };
  }

  /** Draw a frame now and read its pixels, top row first. */
  async capture(): Promise<ImageData> {
    this.renderer.draw(this.shown(), this.rig.view, performance.now());
    return this.renderer.readPixels();
  }

  destroy(): void {
    this.newest++;
    clearTimeout(this.restTimer);
    this.loop.stop();
    this.observer.disconnect();
    this.pointers.dispose();
    this.indexer.dispose();
    this.pages.dispose();
    this.renderer.dispose();
  }

  /** Show the first items of the first projection, or more of them. */
  private addItems(layout: Layout, first: number, count: number): void {
    const loaded = first + count;
    const surveyed = survey(layout, Math.min(loaded, SURVEYED), this.map.count);
    this.loaded = loaded;
    if (this.transition) {
      this.renderer.addItems(layout, first, count);
      this.transition.resurvey(surveyed);
    } else {
      this.transition = new Transition(layout, surveyed);
      this.upload();
    }
    this.settle(0);
  }

  /** Take the finer plane of the layout shown. */
  private refine(layout: Layout): void {
    this.transition?.refine(layout);
    this.loaded = this.map.count;
    this.upload();
    this.settle(0);
  }

  private switchTo(layout: Layout, wished: boolean): void {
    const { transition, map, rig } = this;
    if (!transition) return;
    const animate = wished && this.loaded === map.count; // items that had no place yet cannot glide
    const shown = this.shown();
    const companion = shown && this.placed !== this.newest ? companionOf(shown, this.renderer) : null;
    const from = companion === null ? null : transition.pointOf(companion);
    const spacing = from && transition.target.around(from);
    transition.start(layout, survey(layout, Math.min(map.count, SURVEYED), map.count), animate, this.camera);
    this.loaded = map.count;
    this.upload();
    this.settle(animate ? GLIDE_MS : 0);
    this.point(null);
    if (companion === null || !from || !spacing) return;
    const there = transition.target.around(pointOf(layout, companion));
    const point = () => ({ at: transition.pointOf(companion), progress: transition.glide });
    rig.follow(point, rig.camera.scale * (spacing / there), from);
  }

  /** Let camera and index follow the layout shown. */
  private settle(milliseconds: number): void {
    const { transition } = this;
    if (!transition) return;
    const { to, target } = transition;
    const maxScale = maxScaleOf(target.spacing, to.fine ? STEPS : 65536);
    this.rig.setTerrain({ box: boxOf(to.frame), home: target.box, maxScale }, milliseconds);
    this.indexer.build(to, this.loaded);
    this.loop.wake();
  }

  private upload(): void {
    if (this.transition) this.renderer.setLayouts(this.transition, this.loaded);
    this.loop.wake();
  }

  private shown(): Shown | null {
    const { transition, loaded, rig } = this;
    if (!transition) return null;
    const zoom = rig.camera.scale / rig.homeCamera.scale;
    return {
      camera: rig.camera,
      view: rig.view,
      transition,
      index: this.indexer.index,
      zoom,
      loaded,
      resting: this.restTimer === 0,
    };
  }

  /** One animation frame; returns whether the next one follows at once. */
  private frame(milliseconds: number, now: number): boolean {
    const arrived = this.transition?.step(milliseconds) ?? false;
    const moved = this.rig.step(milliseconds); // after the glide, for it may ride along with an item
    if (arrived) this.upload();
    const more = this.renderer.draw(this.shown(), this.rig.view, now);
    if (moved) this.moved();
    this.pick();
    this.onStats(this.stats());
    for (const follow of this.onFrame) follow();
    return more || this.rig.moving || (this.transition?.moving ?? false);
  }

  private moved(): void {
    clearTimeout(this.restTimer);
    this.restTimer = window.setTimeout(() => this.rest(), REST_MS);
    this.loop.wake();
    this.onCamera();
  }

  /** The camera has come to rest; where it shows nothing, it slides on to the nearest item. */
  private rest(): void {
    this.restTimer = 0;
    this.loop.wake();
    const { index } = this.indexer;
    if (!index || this.rig.moving || this.pointers.holding || this.transition?.moving) return;
    const kept = cameraWithItem(this.rig.camera, this.rig.view, index);
    if (!kept) return;
    this.rig.slideTo(kept);
    this.moved();
  }

  private resize(entry?: ResizeObserverEntry): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const cleared = this.renderer.resize({ width, height }, entry?.devicePixelContentBoxSize?.[0]);
    this.rig.resize({ width: Math.max(width, 1), height: Math.max(height, 1) });
    if (cleared) this.renderer.draw(this.shown(), this.rig.view, performance.now()); // before the browser paints
    this.moved();
  }

  /** Say what lies under the pointer, if that has changed. */
  private pick(): void {
    const item = this.pointer && !this.transition?.moving ? this.itemAt(this.pointer) : null;
    this.canvas.style.cursor = this.pointers.holding ? "grabbing" : item === null ? "grab" : "pointer";
    if (item === this.hovered) return;
    this.hovered = item;
    this.onHover(item, this.pointer ?? { x: 0, y: 0 });
  }

  private point(at: Point | null): void {
    this.pointer = at;
    this.loop.wake();
  }

  private itemAt(at: Point): number | null {
    const shown = this.shown();
    return shown && itemUnder(at, shown, this.renderer);
  }

  private handler(): Handler {
    return {
      grab: () => this.rig.stop(),
      drag: (dx, dy) => {
        this.rig.panBy(dx, dy, false);
        this.moved();
      },
      release: (vx, vy) => {
        this.rig.throwBy(vx, vy);
        this.loop.wake();
      },
      zoom: (factor, at, eased) => {
        this.rig.zoomBy(factor, at, eased);
        this.moved();
      },
      hover: (at) => this.point(at),
      click: (at, modifiers) => this.onClick(this.itemAt(at), modifiers),
    };
  }
}
