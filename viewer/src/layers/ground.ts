/** The map's ground: a breath of light in the middle and a graticule that comes in by zoom. */

import type { Camera, Point } from "../camera/camera.ts";
import type { Program } from "../gl/program.ts";
import fragment from "../shaders/ground.frag?raw";
import vertex from "../shaders/ground.vert?raw";
import { groundProgram } from "./compose.ts";
import { beyondUniforms, type Scene, toneUniforms, type Uniforms } from "./scene.ts";

/** What the ground depends on beside the theme. */
export type Grounded = Pick<Scene, "camera" | "view" | "pixelRatio" | "buffer">;

/** Finer lines stand between this and four times this many CSS pixels apart. */
const CLOSEST = 56;

/** Compute how wide the graticule is: uniforms of shaders/ground.glsl and ground.vert that stay while the camera pans. */
export function meshUniforms({ camera, view, pixelRatio, buffer }: Grounded): Uniforms {
  const level = levelOf(camera);
  return {
    ...beyondUniforms(buffer),
    u_viewport: [view.width * pixelRatio, view.height * pixelRatio],
    u_step: stepOf(level) * camera.scale * pixelRatio,
    u_fade: level - Math.floor(level),
    u_line: pixelRatio,
  };
}

/** The uniform of shaders/ground.glsl that goes along with the camera. */
export function originUniforms(scene: Grounded): Uniforms {
  const { x, y } = originOf(scene);
  return { u_origin: [x, y] };
}

/** Find where the graticule lies: device pixels from the view's middle to a crossing. */
export function originOf({ camera, pixelRatio }: Grounded): Point {
  const coarse = stepOf(levelOf(camera)) * 4;
  const fromCrossing = (value: number) => value - Math.round(value / coarse) * coarse; // small, so exact in float32
  const scale = camera.scale * pixelRatio;
  return { x: -fromCrossing(camera.x) * scale, y: -fromCrossing(camera.y) * scale };
}

/** How far the camera has come in, in steps of the graticule, which shrink fourfold. */
function levelOf({ scale }: Camera): number {
  return Math.log2(scale / CLOSEST) / 2;
}

/** Map units between finer lines. */
function stepOf(level: number): number {
  return 4 ** -Math.floor(level);
}

export class GroundPass {
  private readonly program: Program;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.program = groundProgram(gl, vertex, fragment);
  }

  draw(scene: Grounded & Pick<Scene, "theme">): void {
    const { gl } = this;
    this.program.use(toneUniforms(scene.theme), meshUniforms(scene), originUniforms(scene));
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
