/** Where the map stands clear of the panels. */

/** As wide as this, the map can stand in the window's middle and still be clear of the panels. */
export const ROOMY = 1200;

/**
 * Beside the title's column a map may be smaller by this factor: what is found and pinned opens there, and covers it
 * nowhere.
 */
const WORTHWHILE = 0.7;

/**
 * What panels cover of the map's left and top, CSS pixels: in a roomy window the title's column; in a narrower one that
 * or all above the title's end, whichever leaves the larger map.
 * @param column the title's column, as wide as the workbench's.
 * @param right what is covered on the right.
 * @param ends where title and search end.
 * @param height what the window has above its foot.
 */
export function clearOfTitle(
  column: number,
  right: number,
  ends: number,
  width: number,
  height: number,
  margin: number,
): { left: number; top: number } {
  const across = Math.min(width - column - right, height);
  const below = Math.min(width - right, height - ends - margin);
  if (width >= ROOMY || across >= WORTHWHILE * below) return { left: column, top: margin };
  return { left: 0, top: ends + margin };
}
