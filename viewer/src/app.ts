import { batch, effect, type Signal, signal, untracked } from "@preact/signals";
import type { MapBundle } from "./bundle/index.ts";
import { dimMask, loadColoring } from "./data/coloring.ts";
import type { ViewState } from "./state.ts";
import { summaryOf } from "./ui/summary.ts";
import type { MapView } from "./view.ts";

/** Items counted for the summary of what is in view; beyond, it says "more than". */
const SUMMARY_LIMIT = 200_000;
/** A summary that changed at every frame could not be listened to. */
const SUMMARY_PAUSE_MS = 400;
/** Safari refuses more than 100 changes of the address in 30 seconds. */
const CAMERA_PAUSE_MS = 400;

/** An open map: its files, what it shows, and the canvas that shows it. */
export interface Atlas {
  readonly bundle: MapBundle;
  readonly state: ViewState;
  readonly view: MapView;
  /** How many items have arrived. */
  readonly loaded: Signal<number>;
  /** What is in view, in words. */
  readonly summary: Signal<string>;
  /** Fulfilled when the first projection is whole and in its colours. */
  readonly ready: Promise<void>;
}

/** Let the view follow the state, and the state what is done on the canvas. */
export function connect(bundle: MapBundle, state: ViewState, view: MapView): Atlas {
  const loaded = signal(0);
  const summary = signal("");
  const summarize = paused(SUMMARY_PAUSE_MS, () => {
    const inView = view.itemsInView(SUMMARY_LIMIT);
    summary.value = summaryOf(bundle.count, inView, SUMMARY_LIMIT, state.coloring.peek());
  });
  listen(state, view, loaded, summarize);
  const shown = followProjection(state, view, summarize);
  const colored = followColor(bundle, state, summarize);
  followLook(bundle, state, view);
  const ready = Promise.all([shown, colored]).then(() => undefined);
  return { bundle, state, view, loaded, summary, ready };
}

/** Find the item nearest to the middle of the view, or null where nothing is in view. */
export function itemInMiddle(view: MapView, middle: { x: number; y: number }): number | null {
  let [nearest, least]: [number | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const item of view.itemsInView(SUMMARY_LIMIT)) {
    const at = view.screenOf(item)!;
    const distance = Math.hypot(at.x - middle.x, at.y - middle.y);
    if (distance < least) [nearest, least] = [item, distance];
  }
  return nearest;
}

function listen(state: ViewState, view: MapView, loaded: Signal<number>, summarize: () => void): void {
  const keepCamera = paused(CAMERA_PAUSE_MS, () => {
    const { x, y, scale } = view.camera;
    state.camera.value = { x, y, scale };
  });
  view.onHover = (item, at) =>
    batch(() => {
      state.hovered.value = item;
      if (item !== null) state.pointer.value = { x: at.x, y: at.y };
    });
  view.onClick = (item) => {
    state.selected.value = item;
  };
  view.onCamera = () => {
    keepCamera();
    summarize();
  };
  view.onStats = (stats) => {
    if (stats.loaded !== loaded.peek()) summarize();
    loaded.value = stats.loaded;
  };
}

/** Show the state's projection; returns the first showing. A projection that can't be read leaves the one before. */
function followProjection(state: ViewState, view: MapView, summarize: () => void): Promise<void> {
  let shown: string | null = null;
  let first: Promise<void> | null = null;
  effect(() => {
    const name = state.projection.value;
    const showing = view.setProjection(name, shown !== null).then(() => {
      if (untracked(() => state.projection.value) === name) shown = name;
      summarize();
    });
    if (first) {
      showing.catch(() => {
        if (shown !== null && state.projection.peek() === name) state.projection.value = shown;
      });
    }
    first ??= showing;
  });
  return first!;
}

/** Load what the state colours by; returns the first loading. A column that can't be read leaves the one before. */
function followColor(bundle: MapBundle, state: ViewState, summarize: () => void): Promise<void> {
  let first: Promise<void> | null = null;
  effect(() => {
    const color = state.color.value;
    const loading = loadColoring(bundle, color).then((coloring) => {
      if (state.color.peek() !== color) return;
      state.coloring.value = coloring;
      summarize();
    });
    first ??= loading;
    loading.catch(() => {
      const kept = state.coloring.peek();
      if (kept && state.color.peek() === color)
        state.color.value = kept.kind === "plain" ? null : kept.column.name;
    });
  });
  return first!;
}

function followLook(bundle: MapBundle, state: ViewState, view: MapView): void {
  effect(() => {
    const coloring = state.coloring.value;
    if (coloring) view.setColors(coloring.paint(state.theme.value));
  });
  effect(() => {
    const coloring = state.coloring.value;
    const isolated = state.isolated.value;
    if (coloring) view.setDim(dimMask(coloring, bundle.count, isolated));
  });
  effect(() => view.setTheme(state.theme.value));
  effect(() => view.setSprites(state.sprites.value));
  effect(() => {
    const items = [state.hovered.value, state.selected.value];
    view.setHighlight(items.filter((item) => item !== null));
  });
}

/** Call at most once per pause, at its end. */
function paused(milliseconds: number, call: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      call();
    }, milliseconds);
  };
}
