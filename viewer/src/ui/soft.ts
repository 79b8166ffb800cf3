/**
 * A small canvas's context, drawn by the processor: the device would be waited for, in the middle of a movement, to make one
 * more context for a thumbnail. Null where the browser refuses.
 */
export function softContext(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  return canvas.getContext("2d", { willReadFrequently: true });
}
