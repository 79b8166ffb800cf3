/** Until the browser asks for a frame after the next one: what has been drawn is on the screen by then. */
export function presented(): Promise<unknown> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

/** Until what something has drawn is on the screen, but no longer than this. */
export function presentedAfter(drawn: Promise<unknown>, milliseconds: number): Promise<unknown> {
  return Promise.race([drawn.then(presented), new Promise((resolve) => setTimeout(resolve, milliseconds))]);
}
