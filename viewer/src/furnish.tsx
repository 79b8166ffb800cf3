/** Everything around the map: its panels, keys, address, and what follows the reader's system. */

import { effect } from "@preact/signals";
import { render } from "preact";
import type { Address } from "./address.ts";
import { type Atlas, connect } from "./app.ts";
import { keepAddress } from "./history.ts";
import type { ShownMap } from "./showing.ts";
import { snapshotOf } from "./snapshot.ts";
import { sequenceOf } from "./state/timeline.ts";
import { keepInsets } from "./ui/insets.ts";
import { actOnKey } from "./ui/keyboard.ts";
import { say } from "./ui/notice.ts";
import { Panels } from "./ui/Panels.tsx";
import { darkSystem, stillSystem, systemTheme } from "./ui/system.ts";
import { roomForQuality, wide } from "./ui/wide.ts";
import type { Insets } from "./view.ts";

/** The page's elements that a map is put into. */
export interface Page {
  readonly canvas: HTMLCanvasElement;
  readonly labelHost: HTMLElement;
  readonly panels: HTMLElement;
}

/** Put panels around a map that is shown; fulfilled when all that its address names has been loaded. */
export async function furnish(shown: ShownMap, address: Address, page: Page): Promise<void> {
  const { state, view, bundle } = shown;
  state.qualityShown.value = roomForQuality();
  const atlas = connect(shown, page.canvas, page.labelHost, stillSystem.matches);
  Object.assign(window.terrella, { state, view, snapshot: () => snapshotOf(atlas) });
  followSystem(atlas, page.canvas);
  showPanels(atlas, page.panels);
  addEventListener("keydown", (event) => {
    if (actOnKey(event, atlas.commands, state)) event.preventDefault();
  });
  await atlas.ready;
  if (address.camera) atlas.steering.go(address.camera);
  const open = (selection: string) => openSelection(atlas, selection);
  if (address.select) await open(address.select);
  keepAddress(bundle.manifest, state, atlas.steering, (words) => say(atlas, words), open);
}

/** Choose what a link's selection means, and show the page that says so. */
async function openSelection(atlas: Atlas, selection: string): Promise<void> {
  const { wording } = atlas.selecting;
  atlas.state.tab.value = "selection";
  if ((await wording.open(selection)) === null) say(atlas, wording.problem.peek());
}

/** Where a phone's sheet has come to lie over the item that it is about, move the map from under it. */
function keepPinnedInSight({ state, view, steering }: Atlas, { top, bottom }: Insets): void {
  const item = state.selected.peek();
  const at = item === null || wide.peek() || view.atHome ? null : view.sight.screenOf(item);
  const low = view.viewport.height - bottom;
  if (at && at.y > low && at.y < view.viewport.height) steering.panBy(0, (top + low) / 2 - at.y);
}

function followSystem({ bundle, state, view, player }: Atlas, canvas: HTMLCanvasElement): void {
  darkSystem.addEventListener("change", () => {
    state.systemTheme.value = systemTheme();
  });
  stillSystem.addEventListener("change", () => {
    view.setReducedMotion(stillSystem.matches);
    player.still = stillSystem.matches;
  });
  effect(() => {
    document.documentElement.dataset.theme = state.theme.value;
  });
  effect(() => {
    const { title } =
      sequenceOf(bundle.manifest, state.timeline) ?? bundle.projection(state.projection.value);
    canvas.setAttribute(
      "aria-label",
      `Map of ${bundle.manifest.title}, ${title}. Arrows move, plus and minus zoom.`,
    );
  });
}

function showPanels(atlas: Atlas, panels: HTMLElement): void {
  render(<Panels atlas={atlas} />, panels);
  keepInsets(panels, atlas.beside, atlas.state.selected, (first, second) => {
    atlas.view.setInsets(first);
    atlas.beside.peek()?.setInsets(second);
    keepPinnedInSight(atlas, first);
  });
  effect(() => {
    const beside = atlas.beside.value;
    if (beside) window.terrella.beside = beside.view;
    else delete window.terrella.beside;
  });
}
