import { effect } from "@preact/signals";
import { render } from "preact";
import { readAddress } from "./address.ts";
import { type Atlas, connect } from "./app.ts";
import { apiOf, openMap } from "./bundle/index.ts";
import { columnOf } from "./data/coloring.ts";
import { countOf } from "./data/mask.ts";
import { keepAddress } from "./history.ts";
import { filterSnapshot } from "./state/filters.ts";
import { lookAddress } from "./state/look.ts";
import { sequenceOf } from "./state/timeline.ts";
import { createState, isolatedNames, type ViewState } from "./state.ts";
import "./styles/index.css";
import { kinSnapshot, searchSnapshot } from "./find/snapshot.ts";
import { keepInsets } from "./ui/insets.ts";
import { actOnKey } from "./ui/keyboard.ts";
import { Panels } from "./ui/Panels.tsx";
import { Problem } from "./ui/Problem.tsx";
import { Progress } from "./ui/Progress.tsx";
import { roomForQuality } from "./ui/wide.ts";
import { MapView } from "./view.ts";

/** The page's hook for tests and the browser's console. */
export interface Hook {
  /** Fulfilled when the first projection is whole and in its colours; rejected where there is no map. */
  ready: Promise<void>;
  state?: ViewState;
  view?: MapView;
  /** The second map, where there is one. */
  beside?: MapView;
  /** The state as plain JSON. */
  snapshot(): Record<string, unknown>;
}

declare global {
  interface Window {
    terrella: Hook;
  }
}

const canvas = document.querySelector<HTMLCanvasElement>("#map")!;
const labelHost = document.querySelector<HTMLElement>("#labels")!;
const panels = document.querySelector<HTMLElement>("#panels")!;
const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const stillSystem = matchMedia("(prefers-reduced-motion: reduce)");

async function start(): Promise<void> {
  const address = readAddress(location.hash);
  document.documentElement.dataset.theme = address.theme ?? systemTheme();
  render(<Progress loaded={0} count={null} />, panels);
  const bundle = await openMap(new URL("map/", document.baseURI), { api: apiOf(document) });
  const { manifest } = bundle;
  document.title = `${manifest.title} · Terrella`;
  const state = createState(manifest, address, systemTheme());
  state.qualityShown.value = roomForQuality();
  const view = new MapView(canvas, bundle, { theme: state.theme.value, reducedMotion: stillSystem.matches });
  const atlas = connect(bundle, state, view, canvas, labelHost, stillSystem.matches);
  Object.assign(window.terrella, { state, view, snapshot: () => snapshotOf(atlas) });
  followSystem(atlas);
  showPanels(atlas);
  addEventListener("keydown", (event) => {
    if (actOnKey(event, atlas.commands, state)) event.preventDefault();
  });
  await atlas.ready;
  if (address.camera) atlas.steering.go(address.camera);
  keepAddress(manifest, state, atlas.steering);
}

function systemTheme() {
  return darkSystem.matches ? "dark" : "light";
}

function followSystem({ bundle, state, view, player }: Atlas): void {
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

function showPanels(atlas: Atlas): void {
  render(<Panels atlas={atlas} />, panels);
  keepInsets(panels, atlas.state.compare.beside, (first, second) => {
    atlas.view.setInsets(first);
    atlas.beside.peek()?.setInsets(second);
  });
  effect(() => {
    const beside = atlas.beside.value;
    if (beside) window.terrella.beside = beside.view;
    else delete window.terrella.beside;
  });
}

function snapshotOf({
  bundle,
  state,
  view,
  player,
  labels,
  trails,
  loaded,
  summary,
  notice,
}: Atlas): Record<string, unknown> {
  const { manifest } = bundle;
  const { x, y, scale } = view.camera;
  const coloring = state.coloring.value;
  return {
    title: manifest.title,
    count: manifest.count,
    projections: manifest.projections.map(({ name }) => name),
    projection: state.projection.value,
    sequence: state.timeline.sequence.value,
    at: state.timeline.at.value,
    frame: state.timeline.frame.value,
    playing: state.timeline.playing.value,
    beside: state.compare.beside.value,
    linked: state.compare.linked.value,
    framesHeld: player.framesHeld,
    color: state.color.value,
    coloring: coloring === null || columnOf(coloring) !== state.color.value, // whether those colours are on their way
    isolated: isolatedNames(state, manifest),
    filters: filterSnapshot(state.filters),
    theme: state.theme.value,
    sprites: { ...state.sprites.value },
    hovered: state.hovered.value,
    selected: state.selected.value,
    chosen: state.chosen.value && countOf(state.chosen.value),
    table: state.table.open.value,
    tool: state.selection.tool.value,
    tags: state.tags.list.value.map(({ name, color, items }) => ({ name, color, count: countOf(items) })),
    camera: { x, y, scale },
    loaded: loaded.value,
    summary: summary.value,
    notice: notice.value,
    labels: labels.texts,
    trails: trails.length,
    labelsSettled: labels.settled,
    look: lookAddress(state.look),
    kin: kinSnapshot(state),
    search: searchSnapshot(state),
    qualityShown: state.qualityShown.value,
  };
}

function showProblem(error: unknown): void {
  document.body.dataset.problem = "";
  render(<Problem error={error} />, panels);
}

const ready = start();
ready.catch(showProblem);
window.terrella = { ready, snapshot: () => ({}) };
