/**
 * Items as round dots, as far as their sprites have not taken over. Where dots overlap, none lies on top: their optical
 * depths τ = −ln(1 − α) add up, and so do their colours weighted by τ; what is seen is the mean colour, 1 − e^(−τ) opaque.
 */

import type { Device } from "../gl/context.ts";
import type { Program } from "../gl/program.ts";
import { FloatTarget } from "../gl/target.ts";
import fragment from "../shaders/dots.frag?raw";
import vertex from "../shaders/dots.vert?raw";
import screen from "../shaders/ground.vert?raw";
import resolve from "../shaders/resolve.frag?raw";
import { groundProgram, itemProgram } from "./compose.ts";
import { groundUniforms } from "./ground.ts";
import type { StoredItems } from "./items.ts";
import { MARGIN, type Scene, type Shared, toneUniforms, type Uniforms } from "./scene.ts";

const UNIT = 5;
const SUM: Uniforms = { u_sum: UNIT };
/** Dots lie over what is there. */
const OVER: Uniforms = { u_grounded: 0 };

export class DotsPass {
  private readonly program: Program;
  private readonly resolve: Program;
  /** Null where the device cannot add up light: there, later dots cover earlier ones. */
  private readonly target: FloatTarget | null;
  private readonly gl: WebGL2RenderingContext;

  constructor(private readonly device: Device) {
    const { gl } = device;
    this.gl = gl;
    this.program = itemProgram(gl, vertex, fragment);
    this.resolve = groundProgram(gl, screen, resolve);
    this.program.begin(); // every first frame has dots
    this.resolve.begin();
    this.target = FloatTarget.open(gl);
  }

  /** Whether the ground can be drawn along with the dots: one pass over all pixels instead of two. */
  get grounds(): boolean {
    return this.target !== null;
  }

  /** Draw stored items; `only` is one of ONLY. */
  draw(scene: Scene, shared: Shared, only: number, items: StoredItems, grounded: boolean): void {
    const { gl, target } = this;
    const { set, first, count } = items;
    target?.begin(scene.buffer.width, scene.buffer.height);
    this.program.use(...shared, {
      u_only: only,
      u_diameter: Math.min(scene.dotDiameter * scene.pixelRatio, this.device.largestPoint - 1),
      u_alpha: scene.dotAlpha,
      u_adding: target ? 1 : 0,
    });
    gl.blendFunc(gl.ONE, target ? gl.ONE : gl.ONE_MINUS_SRC_ALPHA);
    set.drawPoints(first, count);
    if (target) this.settle(scene, target, grounded);
  }

  ready(): void {
    this.program.ready();
    this.resolve.ready();
  }

  dispose(): void {
    this.program.dispose();
    this.resolve.dispose();
    this.target?.dispose();
  }

  /** Turn what has added up into colour on the canvas. */
  private settle(scene: Scene, target: FloatTarget, grounded: boolean): void {
    const { gl } = this;
    const { width, height } = scene.buffer;
    target.end(UNIT);
    gl.viewport(0, 0, width, height);
    const below = grounded ? { u_grounded: 1, ...groundUniforms(scene) } : OVER;
    this.resolve.use(toneUniforms(scene.theme), SUM, below);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(null);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.viewport(-MARGIN, -MARGIN, width + 2 * MARGIN, height + 2 * MARGIN);
  }
}
