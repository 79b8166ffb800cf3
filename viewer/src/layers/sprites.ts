/** Items as their own images: strokes in the item's colour (ink), or the image as it is (tiles). */

import type { Device } from "../gl/context.ts";
import type { Program } from "../gl/program.ts";
import ink from "../shaders/ink.frag?raw";
import vertex from "../shaders/sprites.vert?raw";
import tile from "../shaders/tile.frag?raw";
import { itemProgram } from "./compose.ts";
import type { StoredItems } from "./items.ts";
import type { Scene, Shared, Uniforms } from "./scene.ts";
import type { SpriteSheet } from "./sheet.ts";

/** Which items are drawn as sprites. */
export type SpriteChoice = StoredItems;

/**
 * Sprites up to this many device pixels are points, of one vertex each: software renderers draw an instanced quad ten
 * times slower. Larger ones are few.
 */
const LARGEST_POINT = 64;

/** What the pages hold; "light" and "dark" name the ink of grey pages that have one. */
export interface SpriteKind {
  readonly mode: "grey" | "rgb" | "rgba";
  readonly ink: "light" | "dark" | null;
}

export class SpritesPass {
  private readonly ink: Program;
  private readonly tile: Program;
  private readonly gl: WebGL2RenderingContext;
  private readonly largestPoint: number;

  constructor(
    { gl, largestPoint }: Device,
    private readonly kind: SpriteKind,
  ) {
    this.gl = gl;
    this.ink = itemProgram(gl, vertex, ink);
    this.tile = itemProgram(gl, vertex, tile);
    this.largestPoint = Math.min(largestPoint, LARGEST_POINT);
  }

  /** Draw a choice of stored items; `finest` is the level that is magnified when near. */
  draw(scene: Scene, shared: Shared, only: number, finest: SpriteSheet, choice: SpriteChoice): void {
    const size = scene.spriteSize * scene.pixelRatio;
    const asInk = scene.ink && this.kind.mode === "grey" && this.kind.ink !== null;
    const asPoints = size <= this.largestPoint;
    const own: Uniforms = {
      u_only: only,
      u_size: size,
      u_asPoint: asPoints ? 1 : 0,
      ...(asInk ? this.inkUniforms(size, finest) : this.tileUniforms(scene)),
    };
    (asInk ? this.ink : this.tile).use(...shared, own);
    this.gl.blendFunc(this.gl.ONE, this.gl.ONE_MINUS_SRC_ALPHA);
    if (asPoints) choice.set.drawPoints(choice.first, choice.count);
    else choice.set.drawQuads(choice.first, choice.count);
  }

  /** Let the device make ready for what is not drawn yet. */
  begin(): void {
    this.ink.begin();
    this.tile.begin();
  }

  get done(): boolean {
    return this.ink.done && this.tile.done;
  }

  ready(): void {
    this.ink.ready();
    this.tile.ready();
  }

  dispose(): void {
    this.ink.dispose();
    this.tile.dispose();
  }

  private inkUniforms(size: number, finest: SpriteSheet): Uniforms {
    return { u_lightInk: this.kind.ink === "light" ? 1 : 0, u_sharp: size / finest.level.cell };
  }

  private tileUniforms({ spriteSize, pixelRatio }: Scene): Uniforms {
    return {
      u_pixels: spriteSize * pixelRatio,
      ...frameUniforms(spriteSize, pixelRatio),
      u_grey: this.kind.mode === "grey" ? 1 : 0,
      u_opaque: this.kind.mode === "rgba" ? 0 : 1,
    };
  }
}

/** The coloured frame of a tile, and how round its corners are, device pixels. */
export function frameUniforms(spriteSize: number, pixelRatio: number): Uniforms {
  const border = Math.min(spriteSize * 0.035, 2.5);
  return { u_border: border < 0.6 ? 0 : border * pixelRatio, u_radius: spriteSize * pixelRatio * 0.1 };
}
