/** Draws frames: holds the device, what items look like, and the stage, which it rebuilds after a lost context. */

import type { MapBundle } from "../bundle/index.ts";
import { type Camera, type Viewport, visibleBox } from "../camera/camera.ts";
import type { DensityField } from "../data/density.ts";
import type { Mask } from "../data/mask.ts";
import type { PickIndex } from "../data/picking.ts";
import { type Device, openDevice, watchContext } from "../gl/context.ts";
import { readPixels } from "../gl/readback.ts";
import type { Density } from "../state/look.ts";
import type { Theme } from "../theme.ts";
import { Chooser } from "./chooser.ts";
import { Delivery } from "./delivery.ts";
import { Highlights } from "./highlights.ts";
import type { Layout } from "./layout.ts";
import { allowed, BUDGET, type Budget, dotLimit, enlarged } from "./limit.ts";
import { type Look, lookOf, thinnedAlpha } from "./look.ts";
import { Originals, type ReadOriginal } from "./originals.ts";
import type { PageReader } from "./pagereader.ts";
import type { Scene } from "./scene.ts";
import { Stage } from "./stage.ts";
import { ItemStyle } from "./style.ts";
import type { Transition } from "./transition.ts";

/** How items are drawn when near: as images or dots, as strokes or tiles, and how large (1 is usual). */
export interface SpriteStyle {
  readonly visible: boolean;
  readonly ink: boolean;
  readonly size: number;
}

/** What a frame is drawn of, beside what the renderer holds itself. */
export interface Shown {
  readonly camera: Camera;
  readonly view: Viewport;
  readonly transition: Transition;
  readonly index: PickIndex | null;
  /** Scale of the camera in parts of home's. */
  readonly zoom: number;
  readonly loaded: number;
  /** Whether the camera has not moved for a while. */
  readonly resting: boolean;
}

/** What the last frame was drawn for. */
interface Drawn {
  readonly scale: number;
  readonly resting: boolean;
  /** Whether it looks the same at rest and while the camera moves. */
  readonly alike: boolean;
}

/** Items come first: the bare ground, which would wait for its shaders, is drawn only where they take longer than this. */
const BARE_MS = 400;
/** Frames after which the device may begin with what is not drawn at first. */
const BEGUN = 2;

export class Renderer {
  readonly device: Device;
  theme: Theme;
  sprites: SpriteStyle = { visible: true, ink: true, size: 1 };
  /** Jump to the end of fades. */
  still: boolean;
  lost = false;
  frames = 0;
  /** Counts changes of the items' looks. */
  restyled = 0;
  private stage: Stage;
  private chooser: Chooser;
  readonly style: ItemStyle;
  density: Density = "off";
  private field: { field: DensityField; layout: Layout } | null = null;
  private readonly highlights = new Highlights();
  private readonly unwatch: () => void;
  private readonly opened = performance.now();
  /** Device pixels per CSS pixel while a picture is taken; null as the screen has them. */
  private enlargement: number | null = null;
  private exact: ResizeObserverSize | undefined;
  private readonly delivery: Delivery;
  /** The look last asked for, and what it was for. */
  private looked: { sprites: SpriteStyle; pixelRatio: number; look: Look } | null = null;
  /** The last frame, where others nearby would be drawn of the same items in the same sizes. */
  private last: Drawn | null = null;
  /** Passed when the last frame is done, where the device is the CPU itself; others keep up. */
  private fence: WebGLSync | null = null;

  /** Raises UnsupportedError where there is no WebGL2. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly map: MapBundle,
    private readonly pages: PageReader,
    options: { theme: Theme; still: boolean; device?: Device | undefined },
    private readonly wake: () => void,
    onRestored: () => void,
  ) {
    canvas.style.visibility = "hidden"; // it is black until something has been drawn on it
    this.device = options.device ?? openDevice(canvas);
    this.theme = options.theme;
    this.still = options.still;
    this.style = new ItemStyle(map.count);
    this.delivery = new Delivery(this.style);
    this.stage = this.build();
    this.chooser = new Chooser(this.stage, this.map.manifest.levels);
    const lose = () => {
      this.lost = true;
      this.fence = null;
      this.wake(); // for the page to hear of it
    };
    const restore = () => {
      this.lost = false;
      this.stage = this.build();
      this.chooser = new Chooser(this.stage, this.map.manifest.levels);
      onRestored();
    };
    this.unwatch = watchContext(canvas, lose, restore);
  }

  /** Items with a ring. */
  get highlighted(): readonly number[] {
    return this.highlights.items;
  }

  /** Items drawn as sprites in the last frame. */
  get spriteCount(): number {
    return this.chooser.count;
  }

  /** Items drawn as their original images in the last frame. */
  get originalCount(): number {
    return this.stage.originals?.count ?? 0;
  }

  /** Sprite pages in memory: coarse, fine. */
  get pagesHeld(): readonly [number, number] {
    return [this.stage.far?.held ?? 0, this.stage.near?.held ?? 0];
  }

  /** Whether the device has all items, and every sprite page that is wanted and can be had. */
  get settled(): boolean {
    const { far, near, originals } = this.stage;
    if (this.delivery.pending) return false;
    return (far?.settled ?? true) && (near?.settled ?? true) && (originals?.settled ?? true);
  }

  /** Whether an item is among those that the last frame had room to draw as sprites. */
  isSprite(item: number): boolean {
    return allowed(this.chooser.limit, item) >= 0.5;
  }

  /** Whether near items are see-through strokes rather than tiles. */
  get drawsInk(): boolean {
    return this.sprites.ink && this.map.manifest.sprites?.ink != null;
  }

  /** Items that are not dimmed. */
  get bright(): number {
    return this.style.bright;
  }

  /** Whether the device still works on the last frame: what is handed to it now would keep the page waiting. */
  get busy(): boolean {
    const { gl } = this.device;
    if (!this.fence || this.lost) return false;
    if (gl.getSyncParameter(this.fence, gl.SYNC_STATUS) === gl.UNSIGNALED) return true;
    gl.deleteSync(this.fence);
    this.fence = null;
    return false;
  }

  /** Whether items have been given colours. */
  get colored(): boolean {
    return this.restyled > 0;
  }

  /** The items' colours and light, see ItemStyle. */
  wordsOf(items: ArrayLike<number>): Uint32Array {
    return this.style.picked(items);
  }

  isLit(item: number): boolean {
    return this.style.isLit(item);
  }

  /** @param rgb (count × 3) sRGB. */
  setColors(rgb: Uint8Array): void {
    this.style.setColors(rgb);
    this.restyle("colors");
  }

  /** Colour items by code, see ItemStyle. */
  setTint(codes: ArrayLike<number>, table: Uint8Array): void {
    this.style.setTint(codes, table);
    this.restyle("colors");
  }

  /** @param mask one byte an item, 0 to dim it; null lights all. */
  setDim(mask: Mask | null): void {
    if (this.style.setDim(mask)) this.restyle("light");
  }

  /** @param layout the one whose density it is: it shows while that is at rest. */
  setField(field: DensityField, layout: Layout): void {
    this.field = { field, layout };
    if (!this.lost) this.stage.haze.setField(field);
  }

  setHighlight(items: readonly number[]): void {
    this.highlights.items = items.filter((item) => item >= 0 && item < this.map.count);
  }

  /** Show layouts, of which so many items are known. They go to the device with the next frame: it may be at work on the last. */
  setLayouts(transition: Transition, loaded: number): void {
    this.delivery.setLayouts(transition, loaded);
    this.chooser.forget();
  }

  /** How items look to a camera; asked for several times a frame. */
  lookAt(camera: Camera, transition: Transition): Look {
    const { sprites, pixelRatio, looked } = this;
    const { gridded } = transition;
    const spacing = transition.spacingFor(camera) * camera.scale;
    const same = looked?.look.spacing === spacing && looked.look.gridded === gridded;
    if (same && looked.sprites === sprites && looked.pixelRatio === pixelRatio) return looked.look;
    const cell = sprites.visible ? (this.map.manifest.sprites?.levels[0].cell ?? null) : null;
    const look = lookOf(spacing, sprites.size, cell, { pixelRatio, gridded });
    this.looked = { sprites, pixelRatio, look };
    return look;
  }

  /** Match the canvas's pixels to its size on screen, exactly where the browser tells it; returns whether that cleared it. */
  resize({ width, height }: Viewport, told?: ResizeObserverSize): boolean {
    if (told) this.exact = told;
    const exact = this.enlargement === null ? this.exact : undefined;
    const columns = Math.max(exact?.inlineSize ?? Math.round(width * this.pixelRatio), 1);
    const rows = Math.max(exact?.blockSize ?? Math.round(height * this.pixelRatio), 1);
    if (this.canvas.width === columns && this.canvas.height === rows) return false;
    this.canvas.width = columns;
    this.canvas.height = rows;
    return true;
  }

  /** Draw at this many device pixels per CSS pixel from the next frame on; null draws for the screen again. */
  enlarge(ratio: number | null, view: Viewport): void {
    this.enlargement = ratio;
    this.resize(view);
  }

  /** Draw a frame; returns whether the next one will differ without anything else happening. */
  draw(shown: Shown | null, view: Viewport, now: number): boolean {
    if (this.lost) return false;
    const started = performance.now();
    this.last = null;
    this.stage.ready();
    const bringing = this.delivery.bring(this.stage, now, this.still);
    const hazing = this.fadeHaze(shown, now);
    let coming = false;
    if (shown)
      coming = this.drawShown({ ...shown, loaded: Math.min(shown.loaded, this.delivery.placed) }, now);
    else if (this.frames === 0 && started - this.opened < BARE_MS) return true;
    else this.stage.drawGround(view, this.pixelRatio, this.theme);
    if (++this.frames === 1) this.canvas.style.visibility = "";
    if (this.frames >= BEGUN) this.stage.begin();
    this.fenceOff();
    const { far, near } = this.stage;
    return bringing || coming || hazing || (far?.fadesRunning ?? false) || (near?.fadesRunning ?? false);
  }

  /**
   * Draw the last frame as seen from another place, where nothing else has changed; returns whether that could be done. It
   * takes a fraction of the time: all that does not go along with the camera stays as it is.
   */
  slide(camera: Camera, resting: boolean): boolean {
    const { last } = this;
    if (!last || this.lost || camera.scale !== last.scale) return false;
    if (resting !== last.resting && !last.alike) return false;
    this.stage.slide(camera);
    this.frames++;
    this.fenceOff();
    return true;
  }

  readPixels(): ImageData {
    const { gl } = this.device;
    return readPixels(gl, gl.drawingBufferWidth, gl.drawingBufferHeight);
  }

  dispose(): void {
    this.unwatch();
    this.stage.dispose();
  }

  private get pixelRatio(): number {
    return this.enlargement ?? devicePixelRatio;
  }

  private build(): Stage {
    const read = (...where: Parameters<PageReader["read"]>) => this.pages.read(...where);
    const readOriginal = (...which: Parameters<ReadOriginal>) => this.pages.original(...which);
    const { count, manifest } = this.map;
    const stage = new Stage(this.device, count, manifest.sprites, read, readOriginal, this.wake);
    this.delivery.restyle("colors");
    this.delivery.restyle("light");
    if (this.field) stage.haze.setField(this.field.field);
    return stage;
  }

  private restyle(what: "colors" | "light"): void {
    this.restyled++;
    this.delivery.restyle(what);
    this.chooser.regather();
  }

  private fenceOff(): void {
    const { gl, software } = this.device;
    if (!software) return;
    if (this.fence) gl.deleteSync(this.fence);
    this.fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0); // on its way with the frame, which the browser flushes
  }

  /** Returns whether an original is still coming in. */
  private drawShown(shown: Shown, now: number): boolean {
    const { camera, view, transition, index, zoom, loaded } = shown;
    const { pixelRatio, theme, sprites, style } = this;
    const { gl } = this.device;
    const dots = this.dotsFor(shown);
    const look = this.lookAt(camera, transition);
    const box = visibleBox(camera, view);
    const size = look.spriteSize * pixelRatio;
    const choice = this.chooser.choose(
      { ...look, transition, index, view: box, zoom, loaded, style, size, budget: this.budgetFor(shown) },
      now,
    );
    const scene: Scene = {
      ...look,
      dotAlpha: thinnedAlpha(look, loaded / dots),
      buffer: { width: gl.drawingBufferWidth, height: gl.drawingBufferHeight },
      camera,
      view,
      pixelRatio,
      theme,
      from: transition.from.frame,
      to: transition.to.frame,
      glide: transition.glide,
      even: transition.held,
      limit: this.chooser.limit,
      ink: sprites.ink,
      glow: this.density === "shade" || this.density === "both",
      lines: this.density === "lines" || this.density === "both",
    };
    this.highlights.gather(this.stage.highlighted, transition, loaded, style);
    if (shown.resting) this.wantOriginals(shown, look);
    const shownAbove = { transition, style, above: this.highlighted };
    const dimming = this.bright < this.map.count;
    const coming = this.stage.draw({ scene, loaded: dots, dimming, choice, shown: shownAbove });
    const { resting } = shown;
    const alike = choice === null && dots === this.dotsFor({ ...shown, resting: !resting });
    const even = transition.target.evenAt(camera.scale) && !this.chooser.near;
    this.last = even ? { scale: camera.scale, resting, alike } : null;
    return coming;
  }

  /** Want the originals nearest to the view's middle where thumbnails have no more to show. */
  private wantOriginals({ camera, transition, view }: Shown, { share, spriteSize }: Look): void {
    const { originals, near } = this.stage;
    const cell = near?.level.cell ?? 0;
    const pays = share >= 1 && !this.drawsInk && this.map.imageUrl(0) !== null;
    if (!originals || !pays || !Originals.pays(spriteSize * this.pixelRatio, cell)) {
      originals?.want([]);
      return;
    }
    const { minX, minY, maxX, maxY } = visibleBox(camera, view);
    const seen: [number, number][] = [];
    for (const item of this.chooser.near ?? []) {
      const { x, y } = transition.pointOf(item);
      if (x < minX || x > maxX || y < minY || y > maxY || !this.isLit(item)) continue;
      seen.push([item, (x - camera.x) ** 2 + (y - camera.y) ** 2]);
    }
    originals.want(seen.sort(([, a], [, b]) => a - b).map(([item]) => item));
  }

  /** The density shows where its layout is at rest; returns whether it is coming or going. */
  private fadeHaze(shown: Shown | null, now: number): boolean {
    if (!shown || this.density === "off") return false;
    const { moving, to } = shown.transition;
    return this.stage.haze.fade(!moving && this.field?.layout === to, now, this.still);
  }

  /** How many dots this frame has room for; a picture, and hardware, have room for all. */
  private dotsFor({ resting, transition, loaded }: Shown): number {
    if (!this.device.software || this.enlargement !== null) return loaded;
    const moving = !resting || transition.moving || loaded < this.map.count;
    const { dots } = moving ? BUDGET.softwareMoving : BUDGET.softwareResting;
    const turns = this.bright === this.map.count ? 1 : 2; // dim ones and lit ones
    return dotLimit(this.map.manifest.levels, loaded, dots / turns);
  }

  private budgetFor({ resting }: Shown): Budget {
    if (this.enlargement !== null) return enlarged(BUDGET.hardware, this.enlargement / devicePixelRatio);
    if (!this.device.software) return BUDGET.hardware;
    return resting && this.settled ? BUDGET.softwareResting : BUDGET.softwareMoving;
  }
}
