/**
 * Items as round dots, as far as their sprites have not taken over. Where dots overlap, none lies on top: their optical
 * depths τ = −ln(1 − α) add up, and so do their colours weighted by τ; what is seen is the mean colour, 1 − e^(−τ) opaque.
 */

import { anchorOf } from "../camera/frame.ts";
import type { Device } from "../gl/context.ts";
import type { Program } from "../gl/program.ts";
import { FloatTarget } from "../gl/target.ts";
import fragment from "../shaders/dots.frag?raw";
import vertex from "../shaders/dots.vert?raw";
import screen from "../shaders/ground.vert?raw";
import resolve from "../shaders/resolve.frag?raw";
import { groundProgram, itemProgram } from "./compose.ts";
import { originOf, originUniforms } from "./ground.ts";
import type { StoredItems } from "./items.ts";
import { HALF_STEP } from "./layout.ts";
import { beyondUniforms, type Scene, type Shared, toneUniforms, type Uniforms } from "./scene.ts";

const UNIT = 5;
/** Dots lie over the ground, which is drawn along with them, or over what is there. */
const GROUNDED: Uniforms = { u_sum: UNIT, u_grounded: 1 };
const OVER: Uniforms = { u_sum: UNIT, u_grounded: 0 };

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

  /**
   * Draw stored items; `only` is one of ONLY.
   * @param mesh the ground's, see meshUniforms, where it is drawn along with them.
   */
  draw(scene: Scene, shared: Shared, only: number, items: StoredItems, mesh: Uniforms | null): void {
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
    if (target) this.settle(scene, target, mesh);
  }

  /** Draw the items that were drawn last, at rest, and the ground along with them, as they are seen from another place. */
  slide(scene: Scene, { set, first, count }: StoredItems): void {
    const { gl, target } = this;
    if (!target) return;
    target.begin(scene.buffer.width, scene.buffer.height);
    this.program.again();
    const { whole, rest } = anchorOf(scene.to, scene.camera);
    this.program.setPair("u_wholeB", whole.x, whole.y);
    this.program.setPair("u_restB", rest.x - HALF_STEP, rest.y - HALF_STEP);
    gl.blendFunc(gl.ONE, gl.ONE);
    set.drawPoints(first, count);
    target.end(UNIT);
    this.resolve.again();
    const origin = originOf(scene);
    this.resolve.setPair("u_origin", origin.x, origin.y);
    this.lay();
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
  private settle(scene: Scene, target: FloatTarget, mesh: Uniforms | null): void {
    target.end(UNIT);
    const tone = toneUniforms(scene.theme);
    if (mesh) this.resolve.use(originUniforms(scene), mesh, tone, GROUNDED);
    else this.resolve.use(beyondUniforms(scene.buffer), tone, OVER);
    this.lay();
  }

  /** Lay the colours over the canvas. */
  private lay(): void {
    const { gl } = this;
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(null);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }
}
