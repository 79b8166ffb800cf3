/** What one map shows so that the other shows the same items. */

import type { Box, Point } from "../camera/camera.ts";

/** Items left out at each side of the box, as a share: a few that lie elsewhere must not decide what is shown. */
const STRAY = 0.08;
/** Room around the box, in parts of its larger side. */
const AROUND = 0.15;

/** The box that holds most of some places, with room around; null for none. */
export function boxOfMost(places: readonly Point[]): Box | null {
  if (places.length === 0) return null;
  const [minX, maxX] = rangeOf(places.map(({ x }) => x));
  const [minY, maxY] = rangeOf(places.map(({ y }) => y));
  const room = Math.max(maxX - minX, maxY - minY) * AROUND || 0.002;
  return { minX: minX - room, minY: minY - room, maxX: maxX + room, maxY: maxY + room };
}

function rangeOf(values: number[]): [number, number] {
  const sorted = values.sort((a, b) => a - b);
  const left = Math.floor(sorted.length * STRAY);
  return [sorted[left]!, sorted[sorted.length - 1 - left]!];
}
