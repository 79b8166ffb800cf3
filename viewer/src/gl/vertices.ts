/** A vertex array: which buffer feeds which attribute. */

import type { VertexBuffer } from "./buffer.ts";

/** How one attribute reads its buffer; locations are the order of a program's attribute names. */
export interface AttributeSource {
  readonly location: number;
  readonly buffer: VertexBuffer;
  readonly components: number;
  readonly type: "u8" | "u16" | "u32" | "f32";
  /** Whether integers become 0 … 1; without it they arrive as whole floats. Never for u32, which stays an integer. */
  readonly normalized?: boolean;
}

const BYTES = { u8: 1, u16: 2, u32: 4, f32: 4 } as const;

export class VertexArray {
  private readonly handle: WebGLVertexArrayObject;
  private first = 0;

  /** @param divisor 1 to step once an instance, 0 to step once a vertex. */
  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly sources: readonly AttributeSource[],
    private readonly divisor: 0 | 1,
  ) {
    this.handle = gl.createVertexArray() as WebGLVertexArrayObject;
    gl.bindVertexArray(this.handle);
    for (const { location } of sources) {
      gl.enableVertexAttribArray(location);
      gl.vertexAttribDivisor(location, divisor);
    }
    this.point(0);
    gl.bindVertexArray(null);
  }

  /** Bind the array so that element `first` of each buffer comes first: WebGL2 has no base instance of its own. */
  bind(first = 0): void {
    this.gl.bindVertexArray(this.handle);
    if (this.divisor === 1 && first !== this.first) this.point(first);
  }

  dispose(): void {
    this.gl.deleteVertexArray(this.handle);
  }

  private point(first: number): void {
    const { gl } = this;
    for (const { location, buffer, components, type, normalized = false } of this.sources) {
      const offset = first * components * BYTES[type];
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer.handle);
      if (type === "u32") gl.vertexAttribIPointer(location, components, gl.UNSIGNED_INT, 0, offset);
      else gl.vertexAttribPointer(location, components, glType(gl, type), normalized, 0, offset);
    }
    this.first = first;
  }
}

function glType(gl: WebGL2RenderingContext, type: "u8" | "u16" | "f32"): number {
  if (type === "u8") return gl.UNSIGNED_BYTE;
  return type === "u16" ? gl.UNSIGNED_SHORT : gl.FLOAT;
}
