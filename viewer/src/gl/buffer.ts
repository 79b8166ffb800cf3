/** A vertex buffer of fixed capacity, written in parts. */

export class VertexBuffer {
  readonly handle: WebGLBuffer;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    readonly byteLength: number,
    usage: "static" | "dynamic",
  ) {
    this.handle = gl.createBuffer() as WebGLBuffer;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.handle);
    gl.bufferData(gl.ARRAY_BUFFER, byteLength, usage === "static" ? gl.STATIC_DRAW : gl.DYNAMIC_DRAW);
  }

  /** Copy an array into the buffer, from a byte offset on. */
  write(data: ArrayBufferView, byteOffset = 0): void {
    if (byteOffset + data.byteLength > this.byteLength) {
      throw new RangeError(
        `${data.byteLength} bytes at ${byteOffset} do not fit a buffer of ${this.byteLength}`,
      );
    }
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.handle);
    this.gl.bufferSubData(this.gl.ARRAY_BUFFER, byteOffset, data);
  }

  dispose(): void {
    this.gl.deleteBuffer(this.handle);
  }
}
