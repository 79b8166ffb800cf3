/**
 * A small canvas's context, drawn by the processor: the device would be waited for, in the middle of a movement, to make one
 * more context for a thumbnail. Null where the browser refuses.
 */
export function softContext(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  return canvas.getContext("2d", { willReadFrequently: true });
}

/** Let the browser make what the first small canvas needs, while nothing waits for the device. */
export function prepareSoft(): void {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  softContext(canvas)?.fillRect(0, 0, 1, 1);
}
