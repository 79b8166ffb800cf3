/** The room that panels will take, before there are any: the map's first frame then stands where it stays. */

import type { Insets } from "../camera/camera.ts";
import { ROOMY } from "./wide.ts";

/** CSS pixels; as the style sheets have them, and as ui/insets.ts then measures them. */
const EDGE = { narrow: 12, usual: 20, large: 32 };
const MARGIN = 16;
const WORKBENCH_REM = 17;
const LARGE = 2200;
const NARROW = 760;
/** On a phone, the title above the map and the workbench's head below it. */
const TITLE = 62;
const SHEET = 54;

export function expectedInsets(width: number): Insets {
  if (width < NARROW) return { top: TITLE + EDGE.narrow, right: 0, bottom: SHEET, left: 0 };
  const large = width >= LARGE;
  const right = WORKBENCH_REM * (large ? 1.3 * 16 : 16) + (large ? EDGE.large : EDGE.usual);
  return { top: MARGIN, right, bottom: MARGIN, left: width >= ROOMY ? right : 0 };
}
