/** Takes a picture of the map at another resolution than the screen's. */

import type { Viewport } from "../camera/camera.ts";
import type { Renderer, Shown } from "../layers/renderer.ts";

/** A picture could not be taken; the message is for the reader. */
export class PictureError extends Error {
  override readonly name = "PictureError";
}

/** Finer images of what is in view are waited for this long. */
const PATIENCE_MS = 6000;
const PAUSE_MS = 60;

/** Draw until everything wanted at this resolution has arrived, then copy the canvas. The caller sets the renderer back. */
export async function expose(
  canvas: HTMLCanvasElement,
  renderer: Renderer,
  view: Viewport,
  ratio: number,
  shown: () => Shown | null,
): Promise<ImageBitmap> {
  if (renderer.lost) throw new PictureError("the graphics device is away; try again when the map is back");
  const { gl } = renderer.device;
  renderer.enlarge(ratio, view);
  if (gl.drawingBufferWidth < canvas.width || gl.drawingBufferHeight < canvas.height) {
    throw new PictureError(
      `this device draws at most ${gl.drawingBufferWidth} by ${gl.drawingBufferHeight} pixels here; choose a smaller size`,
    );
  }
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const more = renderer.draw(shown(), view, performance.now());
    if ((!more && renderer.settled) || performance.now() > end) return createImageBitmap(canvas);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
