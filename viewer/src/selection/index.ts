/** Choosing, tagging and taking back, joined to a map's state and its view. */

import { effect, untracked } from "@preact/signals";
import type { MapBundle } from "../bundle/index.ts";
import type { Box } from "../camera/camera.ts";
import type { Mask } from "../data/mask.ts";
import { type Folded, folded, unfolded } from "../language/said.ts";
import { Wording } from "../language/wording.ts";
import { RowsWorker } from "../rows/client.ts";
import type { ViewState } from "../state.ts";
import type { MapView } from "../view.ts";
import { Analyst } from "./analyst.ts";
import { Chooser } from "./chooser.ts";
import { Exporter } from "./export.ts";
import { TagKeeper } from "./tagkeeper.ts";
import { type Part, partOf, Undo } from "./undo.ts";

export { Chooser } from "./chooser.ts";
export { Undo } from "./undo.ts";

export interface Selecting {
  readonly chooser: Chooser;
  readonly undo: Undo;
  readonly tagKeeper: TagKeeper;
  readonly analyst: Analyst;
  readonly exporter: Exporter;
  readonly wording: Wording;
  readonly rows: RowsWorker;
}

/** Put the tools into the view's hand, and start to remember what can be taken back. */
export function connectSelection(
  bundle: MapBundle,
  state: ViewState,
  view: MapView,
  flyToBox: (box: Box) => void,
): Selecting {
  const chooser = new Chooser(state, view.sight, bundle.count, flyToBox);
  handTool(state, view, chooser);
  const undo = new Undo([
    chosenPart(state, bundle.count),
    partOf(state.tags.list),
    partOf(state.filters.rules),
    isolationPart(state),
  ] as Part[]);
  const tagKeeper = new TagKeeper(bundle, state.tags);
  void tagKeeper.start((change) => undo.quietly(change));
  effect(() => {
    const chosen = state.chosen.value;
    const { table } = state;
    if (!table.choosing) table.source.value = chosen ? "chosen" : "view";
    table.choosing = false;
  });
  const rows = new RowsWorker(bundle);
  const analyst = new Analyst(bundle, rows);
  effect(() => {
    const chosen = state.tab.value === "selection" ? state.chosen.value : null;
    untracked(() => analyst.study(chosen));
  });
  return {
    chooser,
    undo,
    tagKeeper,
    analyst,
    exporter: new Exporter(bundle, rows),
    wording: new Wording(bundle, rows, state),
    rows,
  };
}

/** Put a chooser into a view's hand; returns what ends that. */
export function handTool(state: ViewState, view: MapView, chooser: Chooser): () => void {
  return effect(() => {
    state.selection.tool.value; // another tool has another cursor
    view.setTool(chooser);
  });
}

/** What is chosen, kept in an eighth of its space. */
function chosenPart({ chosen }: ViewState, count: number): Part<Mask | null> {
  return {
    ...partOf(chosen),
    distinct: true,
    fold: (mask) => mask && folded(mask),
    unfold: (kept) => (kept ? unfolded(kept as Folded, count) : null),
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
