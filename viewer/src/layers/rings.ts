/** Rings around highlighted items. */

import type { Program } from "../gl/program.ts";
import fragment from "../shaders/rings.frag?raw";
import vertex from "../shaders/rings.vert?raw";
import { itemProgram } from "./compose.ts";
import type { ItemSet } from "./items.ts";
import { ONLY, type Scene, type Shared } from "./scene.ts";

/** CSS pixels between an item and its ring, and the ring's width. */
const GAP = 3;
const WIDTH = 1.75;

export class RingsPass {
  private readonly program: Program;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.program = itemProgram(gl, vertex, fragment);
  }

  draw(scene: Scene, shared: Shared, items: ItemSet, count: number): void {
    const { share, spriteSize, dotDiameter, pixelRatio } = scene;
    const side = dotDiameter + (spriteSize - dotDiameter) * share;
    const half = (side / 2 + GAP) * pixelRatio;
    const width = WIDTH * pixelRatio;
    this.program.use(...shared, {
      u_only: ONLY.all,
      u_half: half,
      u_reach: half + width * 4,
      u_radius: half * (1 - 0.82 * share), // a circle around a dot, a rounded square around a sprite
      u_width: width,
    });
    this.gl.blendFunc(this.gl.ONE, this.gl.ONE_MINUS_SRC_ALPHA);
    items.drawQuads(0, count);
  }

  /** Let the device make ready for what is not drawn yet. */
  begin(): void {
    this.program.begin();
  }

  get done(): boolean {
    return this.program.done;
  }

  ready(): void {
    this.program.ready();
  }

  dispose(): void {
    this.program.dispose();
  }
}
