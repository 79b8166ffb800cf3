/** Textures: an array of equal layers, and plain ones to look values up in or to draw into. */

/** Formats of texture arrays and the bytes of one texel. */
export const TEXEL_BYTES = { r8: 1, rgba8: 4 } as const;
export type TexelFormat = keyof typeof TEXEL_BYTES;

/** Layers of width × height texels, sampled linearly and clamped at their edges. */
export class TextureArray {
  readonly handle: WebGLTexture;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    readonly width: number,
    readonly height: number,
    readonly layers: number,
    readonly format: TexelFormat,
  ) {
    this.handle = gl.createTexture() as WebGLTexture;
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.handle);
    gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, format === "r8" ? gl.R8 : gl.RGBA8, width, height, layers);
    clamped(gl, gl.TEXTURE_2D_ARRAY, gl.LINEAR);
  }

  /** Put an image into the top left corner of a layer; row 0 of the texture is the image's top row. */
  upload(layer: number, image: ImageBitmap): void {
    const { gl } = this;
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.handle);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
    const texels = this.format === "r8" ? gl.RED : gl.RGBA;
    const { width, height } = image;
    gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, layer, width, height, 1, texels, gl.UNSIGNED_BYTE, image);
  }

  bind(unit: number): void {
    this.gl.activeTexture(this.gl.TEXTURE0 + unit);
    this.gl.bindTexture(this.gl.TEXTURE_2D_ARRAY, this.handle);
  }

  dispose(): void {
    this.gl.deleteTexture(this.handle);
  }
}

/** Formats of plain textures: four bytes, or four half floats, a texel. */
export type PlainFormat = "rgba8" | "rgba16f";

/** A plain texture of any size within the limits; `smooth` samples it linearly. */
export class Texture {
  readonly handle: WebGLTexture;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    readonly width: number,
    readonly height: number,
    readonly format: PlainFormat,
    smooth: boolean,
  ) {
    this.handle = gl.createTexture() as WebGLTexture;
    gl.bindTexture(gl.TEXTURE_2D, this.handle);
    gl.texStorage2D(gl.TEXTURE_2D, 1, format === "rgba8" ? gl.RGBA8 : gl.RGBA16F, width, height);
    clamped(gl, gl.TEXTURE_2D, smooth ? gl.LINEAR : gl.NEAREST);
  }

  /** Replace the texels: width × height × 4 bytes or, of half floats, numbers, row by row. */
  write(texels: Uint8Array | Float32Array): void {
    const { gl, width, height } = this;
    gl.bindTexture(gl.TEXTURE_2D, this.handle);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    const type = this.format === "rgba8" ? gl.UNSIGNED_BYTE : gl.FLOAT;
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGBA, type, texels);
  }

  bind(unit: number): void {
    this.gl.activeTexture(this.gl.TEXTURE0 + unit);
    this.gl.bindTexture(this.gl.TEXTURE_2D, this.handle);
  }

  dispose(): void {
    this.gl.deleteTexture(this.handle);
  }
}

function clamped(gl: WebGL2RenderingContext, target: number, filter: number): void {
  gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, filter);
  gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, filter);
  gl.texParameteri(target, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(target, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
}
