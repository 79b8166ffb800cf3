/** Until the browser asks for a frame after the next one: what has been drawn is on the screen by then. */
export function presented(): Promise<unknown> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
