/** The map's ground: a breath of light in the middle and a graticule that comes in by zoom. */

import type { Program } from "../gl/program.ts";
import fragment from "../shaders/ground.frag?raw";
import vertex from "../shaders/ground.vert?raw";
import { groundProgram } from "./compose.ts";
import { type Scene, toneUniforms, type Uniforms } from "./scene.ts";

/** What the ground depends on beside the theme. */
type Grounded = Pick<Scene, "camera" | "view" | "pixelRatio">;

/** Finer lines stand between this and four times this many CSS pixels apart. */
const CLOSEST = 56;

/** Compute where the graticule lies: uniforms of shaders/ground.glsl. */
export function groundUniforms({ camera, view, pixelRatio }: Grounded): Uniforms {
  const level = Math.log2(camera.scale / CLOSEST) / 2; // steps shrink fourfold
  const step = 4 ** -Math.floor(level); // map units between finer lines
  const coarse = step * 4;
  const fromCrossing = (value: number) => value - Math.round(value / coarse) * coarse; // small, so exact in float32
  const scale = camera.scale * pixelRatio;
  return {
    u_viewport: [view.width * pixelRatio, view.height * pixelRatio],
    u_origin: [-fromCrossing(camera.x) * scale, -fromCrossing(camera.y) * scale],
    u_step: step * scale,
    u_fade: level - Math.floor(level),
    u_line: pixelRatio,
  };
}

export class GroundPass {
  private readonly program: Program;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.program = groundProgram(gl, vertex, fragment);
  }

  draw(scene: Grounded & Pick<Scene, "theme">): void {
    const { gl } = this;
    this.program.use(toneUniforms(scene.theme), groundUniforms(scene));
    gl.disable(gl.BLEND);
    gl.bindVertexArray(null);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.enable(gl.BLEND);
  }

  /** Let the device make ready for it. */
  begin(): void {
    this.program.begin();
  }

  dispose(): void {
    this.program.dispose();
  }
}
