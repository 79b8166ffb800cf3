/** The first thing that a page does with a map: it shows a projection in its colours. All else comes after that. */

import { effect, type Signal, signal } from "@preact/signals";
import type { MapBundle } from "./bundle/index.ts";
import { type Coloring, columnOf, loadColoring } from "./data/coloring.ts";
import { extraFor } from "./extras.ts";
import type { ViewState } from "./state.ts";
import type { MapView } from "./view.ts";

const NOTICE_MS = 8000;

/** Say for some seconds what could not be loaded. */
export type Tell = (what: string, error: Error) => void;

export interface Showing {
  /** What could not be done, for some seconds. */
  readonly notice: Signal<string>;
  readonly tell: Tell;
  /** Fulfilled when the first projection is whole, and when it is in its colours. */
  readonly shown: Promise<void>;
  readonly colored: Promise<void>;
  /** Called when another projection or colouring has come. */
  onChange: () => void;
}

/** A map on its canvas. */
export interface ShownMap {
  readonly bundle: MapBundle;
  readonly state: ViewState;
  readonly view: MapView;
  readonly showing: Showing;
}

/** Let the view follow the state from now on. */
export function showMap(bundle: MapBundle, state: ViewState, view: MapView): ShownMap {
  const notice = signal("");
  const tell: Tell = (what, error) => {
    notice.value = `${what} could not be loaded: ${error.message}.`;
    setTimeout(() => {
      notice.value = "";
    }, NOTICE_MS);
  };
  const changed = () => showing.onChange();
  const shown = followProjection(bundle, state, view, changed, tell);
  const colored = followColor(bundle, state, changed, tell);
  const showing: Showing = { notice, tell, shown, colored, onChange: () => undefined };
  followLook(state, view);
  return { bundle, state, view, showing };
}

/**
 * Show the state's projection, unless a sequence is shown in its place; returns the first showing. One that can't be read
 * leaves the one before.
 */
function followProjection(
  bundle: MapBundle,
  state: ViewState,
  view: MapView,
  changed: () => void,
  tell: Tell,
): Promise<void> {
  let shown: string | null = null;
  let first: Promise<void> | null = null;
  effect(() => {
    const name = state.projection.value;
    if (state.timeline.sequence.value !== null && first) return;
    const showing = view.setProjection(name, shown !== null).then(() => {
      if (state.projection.peek() === name) shown = name;
      changed();
    });
    first ??= showing;
    showing.catch((error) => {
      if (shown === null || state.projection.peek() !== name) return;
      state.projection.value = shown;
      tell(bundle.projection(name).title, error);
    });
  });
  return first!;
}

/** Load what the state colours by; returns the first loading. A column that can't be read leaves the one before. */
function followColor(bundle: MapBundle, state: ViewState, changed: () => void, tell: Tell): Promise<void> {
  let first: Promise<void> | null = null;
  let newest = 0;
  effect(() => {
    const color = state.color.value;
    const turn = ++newest;
    const show = (coloring: Coloring) => {
      if (turn === newest) state.coloring.value = coloring;
    };
    const onPart = first === null ? show : undefined; // the first items need not wait for the last one's colour
    const options = { extra: extraFor(state), scale: state.colors.scale.value, onPart };
    const loading = loadColoring(bundle, color, options).then((coloring) => {
      show(coloring);
      changed();
    });
    first ??= loading;
    loading.catch((error) => {
      const kept = state.coloring.peek();
      if (!kept || turn !== newest) return;
      state.color.value = columnOf(kept);
      tell(color === null ? "The items' own colours" : bundle.column(color).title, error);
    });
  });
  return first!;
}

/** Let a view's items look as the state says; returns what ends that. */
export function followLook(state: ViewState, view: MapView): () => void {
  const endings = [
    effect(() => {
      const coloring = state.coloring.value;
      if (!coloring) return;
      const [theme, dress] = [state.theme.value, state.colors.dress.value];
      const tint = coloring.tint(theme, dress);
      if (tint) view.setTint(tint);
      else view.setColors(coloring.paint(theme, dress));
    }),
    effect(() => view.setDim(state.lit.value)),
    effect(() => view.setTheme(state.theme.value)),
    effect(() => {
      view.setGrid(state.look.grid.value).catch(() => {
        state.look.grid.value = false; // the projection itself is still there
      });
    }),
    effect(() => view.setDensity(state.look.density.value)),
    effect(() => view.setSprites(state.sprites.value)),
    effect(() => view.setHighlight(state.marked.value)),
  ];
  return () => {
    for (const end of endings) end();
  };
}
