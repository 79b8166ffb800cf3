/** A picture that is drawn into instead of the canvas, in half floats: light can add up in it beyond 1. */

import { Texture } from "./texture.ts";

export class FloatTarget {
  private texture: Texture | null = null;
  private readonly framebuffer: WebGLFramebuffer;

  private constructor(private readonly gl: WebGL2RenderingContext) {
    this.framebuffer = gl.createFramebuffer() as WebGLFramebuffer;
  }

  /** Make a target, or null where the device cannot draw into half floats. */
  static open(gl: WebGL2RenderingContext): FloatTarget | null {
    const able = gl.getExtension("EXT_color_buffer_half_float") ?? gl.getExtension("EXT_color_buffer_float");
    return able && new FloatTarget(gl);
  }

  /** Draw into it from now on; it is as large as asked for, and black, as devices clear it unless told otherwise. */
  begin(width: number, height: number): void {
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.framebuffer);
    if (this.texture?.width !== width || this.texture.height !== height) {
      this.texture?.dispose();
      this.texture = new Texture(gl, width, height, "rgba16f", true);
      const { handle } = this.texture;
      gl.bindTexture(gl.TEXTURE_2D, null); // or whoever samples that unit would read what is being drawn
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, handle, 0);
    }
    gl.clear(gl.COLOR_BUFFER_BIT);
  }

  /** Draw onto the canvas again, and bind what has been drawn as a texture. */
  end(unit: number): void {
    this.gl.bindFramebuffer(this.gl.FRAMEBUFFER, null);
    this.texture?.bind(unit);
  }

  dispose(): void {
    this.texture?.dispose();
    this.gl.deleteFramebuffer(this.framebuffer);
  }
}
