/** Items as round dots, as far as their sprites have not taken over. */

import type { Program } from "../gl/program.ts";
import fragment from "../shaders/dots.frag?raw";
import vertex from "../shaders/dots.vert?raw";
import { itemProgram } from "./compose.ts";
import type { ItemSet } from "./items.ts";
import type { Scene, Uniforms } from "./scene.ts";

/** On the dark theme this share of a dot's light adds up instead of covering: dense places glow. */
const GLOW = 0.16;

export class DotsPass {
  private readonly program: Program;
  private readonly largest: number;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.program = itemProgram(gl, vertex, fragment);
    this.largest = (gl.getParameter(gl.ALIASED_POINT_SIZE_RANGE) as Float32Array)[1] ?? 1;
  }

  /** Draw `count` stored items from `first` on; `only` is one of ONLY. */
  draw(scene: Scene, shared: Uniforms, only: number, items: ItemSet, first: number, count: number): void {
    this.program.use(shared, {
      u_only: only,
      u_diameter: Math.min(scene.dotDiameter * scene.pixelRatio, this.largest - 1),
      u_alpha: scene.dotAlpha,
      u_glow: scene.theme === "dark" ? GLOW : 0,
    });
    this.gl.blendFunc(this.gl.ONE, this.gl.ONE_MINUS_SRC_ALPHA);
    items.drawPoints(first, count);
  }

  dispose(): void {
    this.program.dispose();
  }
}
