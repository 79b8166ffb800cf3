/** Choosing, tagging and taking back, joined to a map's state and its view. */

import { effect } from "@preact/signals";
import type { MapBundle } from "../bundle/index.ts";
import type { Box } from "../camera/camera.ts";
import { type Bits, packed, unpacked } from "../data/bits.ts";
import type { Mask } from "../data/mask.ts";
import type { ViewState } from "../state.ts";
import type { MapView } from "../view.ts";
import { Chooser } from "./chooser.ts";
import { type Part, partOf, Undo } from "./undo.ts";

export { Chooser } from "./chooser.ts";
export { Undo } from "./undo.ts";

export interface Selecting {
  readonly chooser: Chooser;
  readonly undo: Undo;
}

/** Put the tools into the view's hand, and start to remember what can be taken back. */
export function connectSelection(
  bundle: MapBundle,
  state: ViewState,
  view: MapView,
  flyToBox: (box: Box) => void,
): Selecting {
  const chooser = new Chooser(state, view, bundle.count, flyToBox);
  effect(() => {
    state.selection.tool.value; // another tool has another cursor
    view.setTool(chooser);
  });
  const undo = new Undo([
    chosenPart(state, bundle.count),
    partOf(state.tags.list),
    partOf(state.filters.rules),
    isolationPart(state),
  ] as Part[]);
  return { chooser, undo };
}

/** What is chosen, kept in an eighth of its space. */
function chosenPart({ chosen }: ViewState, count: number): Part<Mask | null> {
  return {
    ...partOf(chosen),
    fold: (mask) => mask && packed(mask),
    unfold: (bits) => (bits ? unpacked(bits as Bits, count) : null),
  };
}

interface Isolation {
  readonly color: string | null;
  readonly codes: ReadonlySet<number>;
}

/** What the legend isolates, with the column that its codes are of. */
function isolationPart({ color, isolated }: ViewState): Part<Isolation> {
  return {
    read: () => ({ color: color.peek(), codes: isolated.value }),
    write(old) {
      if (old.codes.size > 0) color.value = old.color;
      isolated.value = old.codes;
    },
    same: (a, b) => a.codes === b.codes || (a.codes.size === 0 && b.codes.size === 0),
  };
}
