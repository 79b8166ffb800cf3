/** The density of items: a glow in their colours below them, and lines of equal density above. */

import type { DensityField } from "../data/density.ts";
import type { Program } from "../gl/program.ts";
import { Texture } from "../gl/texture.ts";
import vertex from "../shaders/ground.vert?raw";
import fragment from "../shaders/haze.frag?raw";
import { screenProgram } from "./compose.ts";
import { beyondUniforms, type Scene, toneUniforms } from "./scene.ts";

/** Milliseconds in which the haze comes and goes. */
const FADE_MS = 240;
const UNIT = 4;

export class HazePass {
  private readonly program: Program;
  private texture: Texture | null = null;
  private place = { from: -0.5, span: 1 };
  /** How far the haze has come in, 0 … 1. */
  private shown = 0;
  private last: number | null = null;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.program = screenProgram(gl, vertex, fragment);
  }

  setField({ side, from, span, texels }: DensityField): void {
    if (this.texture?.width !== side) {
      this.texture?.dispose();
      this.texture = new Texture(this.gl, side, side, "rgba16f", true);
    }
    this.texture.write(texels);
    this.place = { from, span };
  }

  /** Come in, or go, by the time since the last frame; returns whether that goes on. */
  fade(wanted: boolean, now: number, still: boolean): boolean {
    const target = wanted && this.texture ? 1 : 0;
    const step = still ? 1 : this.last === null ? 0 : (now - this.last) / FADE_MS;
    const away = target - this.shown;
    this.shown += Math.sign(away) * Math.min(Math.abs(away), step);
    const running = this.shown !== target;
    this.last = running ? now : null;
    return running;
  }

  /** Draw the glow (`what` 0) or the lines (1). */
  draw(scene: Scene, what: 0 | 1): void {
    if (!this.texture || this.shown === 0) return;
    const { gl } = this;
    const { camera, view, pixelRatio, share } = scene;
    const { from, span } = this.place;
    this.texture.bind(UNIT);
    this.program.use(toneUniforms(scene.theme), beyondUniforms(scene.buffer), {
      u_field: UNIT,
      u_side: this.texture.width,
      u_middle: [(camera.x - from) / span, (camera.y - from) / span],
      u_span: [view.width / camera.scale / span, view.height / camera.scale / span],
      u_what: what,
      u_shown: this.shown * (what === 0 ? 1 : 1 - 0.55 * share), // among sprites lines step back
      u_pixel: pixelRatio,
    });
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(null);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  dispose(): void {
    this.program.dispose();
    this.texture?.dispose();
  }
}
