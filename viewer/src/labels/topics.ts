/** Topics' names on the map that they were found on: where they stand and at which scales is the map's own word. */

import type { Topic } from "../bundle/index.ts";
import type { Frame } from "../camera/frame.ts";
import { intervals } from "./intervals.ts";
import type { Label } from "./labels.worker.ts";

/** Font sizes of the coarsest level, CSS pixels: of its least topic and its greatest; each level down is smaller. */
const SIZES = [16, 21] as const;
const SMALLER = 2.5;
const LEAST = 12;
/** Room around a name, CSS pixels. */
const ROOM = { x: 18, y: 10 };
const LINE = 1.2;

/**
 * Find at which scales each topic's name is shown, the most important first.
 * @param widths each name's width at a font size of 1 CSS pixel.
 * @param whole CSS pixels per map unit at which the whole map is in view: magnification 1.
 * @param larger factor on all sizes, for large screens.
 */
export function topicLabels(
  topics: readonly Topic[],
  frame: Frame,
  widths: ArrayLike<number>,
  whole: number,
  larger = 1,
): Label[] {
  const most = Math.max(1, ...topics.map(({ count }) => count));
  const placed = topics
    .filter((topic) => !repeatsParent(topic, topics))
    .sort((a, b) => a.depth - b.depth || b.count - a.count)
    .map((topic): Label => {
      const full = SIZES[0] + (SIZES[1] - SIZES[0]) * Math.sqrt(topic.count / most);
      const size = larger * Math.max(full - SMALLER * (topic.depth - 1), LEAST);
      const [start, end] = topic.zoom;
      return {
        code: topic.id,
        x: (topic.x - frame.left - frame.width / 2) / frame.side,
        y: (topic.y - frame.bottom - frame.height / 2) / frame.side,
        size,
        width: (widths[topic.id] as number) * size,
        from: (start ?? 1) <= 1 ? 0 : (start as number) * whole,
        to: end === null || end === undefined ? Number.POSITIVE_INFINITY : end * whole,
      };
    });
  const from = intervals(
    placed.map((label) => ({
      ...label,
      width: label.width + ROOM.x,
      height: label.size * LINE + ROOM.y,
    })),
  );
  return placed
    .map((label, k) => ({ ...label, from: from[k] as number }))
    .filter(({ from, to }) => from < (to as number));
}

/** Whether a topic holds what its parent holds: one name is enough for both. */
function repeatsParent({ parent, name }: Topic, topics: readonly Topic[]): boolean {
  return parent !== null && topics[parent]?.name === name;
}
