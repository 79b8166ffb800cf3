/** Everything that lives on the GPU for one map, and the order in which a frame is drawn. */

import type { Sprites } from "../bundle/index.ts";
import type { Camera, Viewport } from "../camera/camera.ts";
import type { Device } from "../gl/context.ts";
import type { TexelFormat } from "../gl/texture.ts";
import type { Theme } from "../theme.ts";
import { DotsPass } from "./dots.ts";
import { GroundPass, meshUniforms } from "./ground.ts";
import { HazePass } from "./haze.ts";
import { AllItems, GatheredItems, type StoredItems } from "./items.ts";
import { Originals, type ReadOriginal, type Shown } from "./originals.ts";
import { RingsPass } from "./rings.ts";
import {
  MARGIN,
  ONLY,
  placeUniforms,
  reachUniforms,
  type Scene,
  type Shared,
  sheetUniforms,
  toneUniforms,
  type Uniforms,
} from "./scene.ts";
import { type ReadPage, SpriteSheet } from "./sheet.ts";
import { type SpriteChoice, SpritesPass } from "./sprites.ts";

/** Texture memory for the coarser level, which is held whole where it fits, and for the finer one. */
const FAR_BYTES = 128 * 2 ** 20;
const NEAR_BYTES = 64 * 2 ** 20;

/** What is painted in a frame. */
export interface Painting {
  readonly scene: Scene;
  /** So many items of the display order have positions. */
  readonly loaded: number;
  /** Whether some items are dim. */
  readonly dimming: boolean;
  readonly choice: SpriteChoice | null;
  readonly shown: Shown;
}

/** A painting, and what shaders are told for it. */
interface Painted {
  readonly painting: Painting;
  /** The first goes along with the camera, the others stay while it pans. */
  readonly shared: Uniforms[];
  /** The ground's mesh, where that is drawn along with the dots. */
  readonly mesh: Uniforms | null;
}

export class Stage {
  readonly all: AllItems;
  /** Items in view, gathered when they are few among all. */
  readonly inView: GatheredItems;
  readonly highlighted: GatheredItems;
  readonly originals: Originals | null = null;
  readonly far: SpriteSheet | null = null;
  readonly near: SpriteSheet | null = null;
  private readonly ground: GroundPass;
  readonly haze: HazePass;
  private readonly dots: DotsPass;
  private readonly rings: RingsPass;
  private readonly sprites: SpritesPass | null = null;
  /** The canvas that the viewport was last made for. */
  private reached: Viewport | null = null;
  /** The last frame. */
  private last: Painted | null = null;
  private readiness: "none" | "begun" | "whole" = "none";

  constructor(
    private readonly device: Device,
    count: number,
    sprites: Sprites | null,
    read: ReadPage,
    readOriginal: ReadOriginal,
    onArrival: () => void,
  ) {
    const { gl } = device;
    gl.enable(gl.BLEND);
    this.all = new AllItems(gl, count);
    this.inView = new GatheredItems(gl);
    this.highlighted = new GatheredItems(gl);
    this.ground = new GroundPass(gl);
    this.haze = new HazePass(gl);
    this.dots = new DotsPass(device);
    this.rings = new RingsPass(gl);
    if (sprites) {
      const format: TexelFormat = sprites.mode === "grey" ? "r8" : "rgba8";
      const [coarse, fine] = sprites.levels;
      this.far = new SpriteSheet(gl, coarse, format, FAR_BYTES, read, onArrival);
      if (fine) this.near = new SpriteSheet(gl, fine, format, NEAR_BYTES, read, onArrival);
      this.originals = new Originals(gl, readOriginal, onArrival);
      this.sprites = new SpritesPass(device, sprites);
    }
  }

  /** Draw the ground alone, while there is no layout yet. */
  drawGround(view: Viewport, pixelRatio: number, theme: Theme): void {
    const { drawingBufferWidth: width, drawingBufferHeight: height } = this.device.gl;
    const buffer = { width, height };
    this.reachBeyond(buffer);
    this.ground.draw({
      buffer,
      camera: { x: 0, y: 0, scale: Math.min(view.width, view.height) },
      view,
      pixelRatio,
      theme,
    });
  }

  /**
   * Draw one frame: ground, dim items, lit items, lines, highlights, originals. Returns whether an original is still coming
   * in.
   */
  draw(painting: Painting): boolean {
    const { scene } = painting;
    this.dots.ready();
    const shared = [
      placeUniforms(scene),
      reachUniforms(scene),
      toneUniforms(scene.theme),
      sheetUniforms(scene, this.far, this.near),
    ];
    const mesh = !scene.glow && this.dots.grounds ? meshUniforms(scene) : null;
    this.last = { painting, shared, mesh };
    return this.paint(this.last);
  }

  /** Draw the last frame once more, as it is seen from another place at the same scale. */
  slide(camera: Camera): void {
    if (!this.last) return;
    const { painting, shared } = this.last;
    const { scene } = painting;
    scene.camera = camera;
    if (this.dotsOnly) {
      this.dots.slide(scene, this.stored(painting));
      return;
    }
    shared[0] = placeUniforms(scene);
    this.paint(this.last);
  }

  /** Whether the last frame was nothing but dots and the ground that is drawn along with them. */
  private get dotsOnly(): boolean {
    if (!this.last?.mesh) return false;
    const { scene, dimming, choice } = this.last.painting;
    const more = scene.glide < 1 || dimming || choice || scene.lines || this.highlighted.count > 0;
    return !more && !this.originals?.shows;
  }

  private paint({ painting, shared, mesh }: Painted): boolean {
    const { scene, dimming, choice, shown } = painting;
    this.reachBeyond(scene.buffer);
    if (!mesh) this.drawBelow(scene);
    let below = mesh;
    for (const only of dimming ? [ONLY.dim, ONLY.lit] : [ONLY.all]) {
      this.dots.draw(scene, shared, only, this.stored(painting), below);
      below = null;
      if (choice) this.drawSprites(scene, shared, only, choice);
    }
    if (scene.lines) this.haze.draw(scene, 1);
    this.drawHighlights(scene, shared, choice !== null);
    return this.originals?.draw(scene, shared, performance.now(), shown) ?? false;
  }

  /** The items that have positions, as they are stored. */
  private stored({ loaded }: Painting): StoredItems {
    const { set, count } = this.all;
    return { set, first: count - loaded, count: loaded };
  }

  /** Let the device make ready for what comes after the first frames: a mark, an image. */
  begin(): void {
    if (this.readiness !== "none") return;
    this.readiness = "begun";
    this.ground.begin();
    this.rings.begin();
    this.sprites?.begin();
  }

  /** Take what has been begun into use, before a frame's first draw, once the device is done with it. */
  ready(): void {
    if (this.readiness !== "begun" || !this.rings.done || !(this.sprites?.done ?? true)) return;
    this.readiness = "whole";
    this.rings.ready();
    this.sprites?.ready();
  }

  dispose(): void {
    for (const part of [
      this.all,
      this.inView,
      this.highlighted,
      this.ground,
      this.haze,
      this.dots,
      this.rings,
    ])
      part.dispose();
    this.sprites?.dispose();
    this.originals?.dispose();
    this.far?.dispose();
    this.near?.dispose();
  }

  /** Draw the ground, and the glow on it. */
  private drawBelow(scene: Scene): void {
    this.ground.draw(scene);
    if (scene.glow) this.haze.draw(scene, 0);
  }

  private drawSprites(scene: Scene, shared: Shared, only: number, choice: SpriteChoice): void {
    const finest = this.near ?? this.far;
    if (this.sprites && finest) this.sprites.draw(scene, shared, only, finest, choice);
  }

  private drawHighlights(scene: Scene, shared: Shared, pictured: boolean): void {
    const { set, count } = this.highlighted;
    if (!set || count === 0) return;
    this.rings.draw(scene, shared, set, count);
    if (pictured) this.drawSprites(scene, shared, ONLY.all, { set, first: 0, count });
  }

  /** Let the viewport reach beyond the canvas, for items whose middles are out of sight. */
  private reachBeyond({ width, height }: Viewport): void {
    if (this.reached?.width === width && this.reached.height === height) return;
    this.reached = { width, height };
    this.device.gl.viewport(-MARGIN, -MARGIN, width + 2 * MARGIN, height + 2 * MARGIN);
  }
}
