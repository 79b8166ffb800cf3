/** The room that panels will take, before there are any: the map's first frame then stands where it stays. */

import type { Insets } from "../camera/camera.ts";
import { enlargementOf } from "../enlarged.ts";
import { clearOfTitle } from "./clear.ts";

/** CSS pixels, on a phone the edge; as the style sheets have them, and as ui/insets.ts then measures them. */
const EDGE = 12;
const MARGIN = 16;
const WORKBENCH_REM = 17;
const NARROW = 760;
/** Where title, projections and search end, from the edge on, in the usual case of one line and of two rows. */
const COLUMN = 189;
/** On a phone, the title above the map and the workbench's head below it. */
const TITLE = 62;
const SHEET = 54;

export function expectedInsets(width: number, height: number): Insets {
  if (width < NARROW) return { top: TITLE + EDGE, right: 0, bottom: SHEET, left: 0 };
  const { panels, edge } = enlargementOf(width);
  const right = WORKBENCH_REM * 16 * panels + edge;
  const ends = edge + COLUMN;
  return { ...clearOfTitle(right, right, ends, width, height - MARGIN, MARGIN), right, bottom: MARGIN };
}
