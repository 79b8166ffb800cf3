/** A WebGL2 context, and what is known of the device behind it. */

/** Raised when the browser cannot draw the map; its message is for the user. */
export class UnsupportedError extends Error {
  override readonly name = "UnsupportedError";
}

export interface Device {
  readonly gl: WebGL2RenderingContext;
  /** The renderer's own name, or "unknown" where the browser hides it. */
  readonly renderer: string;
  /** Whether pixels are computed by the CPU: fill is then the scarce thing. */
  readonly software: boolean;
  /** Device pixels across the largest point. Asked for at once: later, the answer would wait for all that is being compiled. */
  readonly largestPoint: number;
}

/** Open WebGL2 on a canvas; raise UnsupportedError, with the next step, where there is none. */
export function openDevice(canvas: HTMLCanvasElement): Device {
  // Its size comes first: a context that is resized waits for the device.
  canvas.width = Math.max(Math.round(canvas.clientWidth * devicePixelRatio), 1);
  canvas.height = Math.max(Math.round(canvas.clientHeight * devicePixelRatio), 1);
  const gl = canvas.getContext("webgl2", {
    alpha: false,
    antialias: false, // every pass computes its own coverage
    depth: false,
    stencil: false,
    powerPreference: "high-performance",
  });
  if (!gl) {
    throw new UnsupportedError(
      "This browser has no WebGL2, which the map is drawn with. " +
        "Switch on hardware acceleration in its settings, or open the page in a current Firefox, Chrome, Edge or Safari.",
    );
  }
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER) || "unknown");
  const software = /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
  const [, largestPoint = 1] = gl.getParameter(gl.ALIASED_POINT_SIZE_RANGE) as Float32Array;
  return { gl, renderer, software, largestPoint };
}

/** Call back when the context is lost and when it is there again; returns what ends the listening. */
export function watchContext(canvas: HTMLCanvasElement, lost: () => void, restored: () => void): () => void {
  const onLost = (event: Event) => {
    event.preventDefault(); // says that we will rebuild; without it the browser never restores
    lost();
  };
  canvas.addEventListener("webglcontextlost", onLost);
  canvas.addEventListener("webglcontextrestored", restored);
  return () => {
    canvas.removeEventListener("webglcontextlost", onLost);
    canvas.removeEventListener("webglcontextrestored", restored);
  };
}
