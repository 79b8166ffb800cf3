import { batch, type Signal, signal } from "@preact/signals";
import type { MapBundle } from "./bundle/index.ts";
import type { Command } from "./commands.ts";
import type { Beside } from "./compare/beside.ts";
import { followTags } from "./extras.ts";
import { followFilters } from "./filtering.ts";
import { followKin } from "./find/follow.ts";
import { followSearch } from "./find/search.ts";
import { SearchServer } from "./find/server.ts";
import { Labels } from "./labels/follow.ts";
import { Records } from "./rows/records.ts";
import { connectSelection, type Selecting } from "./selection/index.ts";
import type { ShownMap, Tell } from "./showing.ts";
import { type Reach, reachOf } from "./state/reach.ts";
import { shareDrawer } from "./state/sql.ts";
import type { ViewState } from "./state.ts";
import { Steering } from "./steering.ts";
import { Player } from "./timeline/player.ts";
import { Trails } from "./trails/follow.ts";
import { chooseCommands } from "./ui/commands/choose.ts";
import { commandsOf } from "./ui/commands/index.ts";
import { prepareSoft } from "./ui/soft.ts";
import { summaryOf } from "./ui/summary.ts";
import type { MapView } from "./view.ts";

/** Items counted for the summary of what is in view; beyond, it says "more than". */
const SUMMARY_LIMIT = 100_000;
/** A summary that changed at every frame could not be listened to. */
const SUMMARY_PAUSE_MS = 400;
/** Once the map is whole and its last frame drawn, there is time for what will be needed next. */
const AHEAD_MS = 500;
/** Safari refuses more than 100 changes of the address in 30 seconds, and all browsers take their time over one. */
const CAMERA_PAUSE_MS = 320;

/** An open map: its files, what it shows, and the canvas that shows it. */
export interface Atlas {
  readonly bundle: MapBundle;
  readonly records: Records;
  readonly state: ViewState;
  readonly view: MapView;
  readonly steering: Steering;
  readonly player: Player;
  readonly selecting: Selecting;
  readonly commands: readonly Command[];
  /** The second map, where one is shown. */
  readonly beside: Signal<Beside | null>;
  /** Say for some seconds what could not be loaded. */
  readonly tell: Tell;
  /** What searches among the vectors, where there is a server. */
  readonly server: SearchServer;
  /** The names on the map. */
  readonly labels: Labels;
  /** What moving items leave behind. */
  readonly trails: Trails;
  /** How many items have arrived. */
  readonly loaded: Signal<number>;
  /** How many items are not dimmed. */
  readonly bright: Signal<number>;
  /** What is in view, in words. */
  readonly summary: Signal<string>;
  /** What could not be done, for some seconds. */
  readonly notice: Signal<string>;
  /** Whether the graphics device is away. */
  readonly lost: Signal<boolean>;
  /** Whether the place that the map comes from answers. */
  readonly reach: Reach;
  /** Fulfilled when the first projection is whole and in its colours. */
  readonly ready: Promise<void>;
}

/** Join everything that works on a map to one that is shown, and let the state follow what is done on the canvas. */
export function connect(
  { bundle, state, view, showing }: ShownMap,
  canvas: HTMLCanvasElement,
  labelHost: HTMLElement,
  still: boolean,
): Atlas {
  const loaded = signal(0);
  const bright = signal(0);
  const summary = signal("");
  const summarize = paused(SUMMARY_PAUSE_MS, () => {
    const inView = view.sight.itemsInView(SUMMARY_LIMIT);
    summary.value = summaryOf(bundle.count, inView, SUMMARY_LIMIT, state.coloring.peek());
  });
  const steering = new Steering(view, state, canvas);
  const { notice, tell } = showing;
  const selecting = connectSelection(bundle, state, view, (box) => steering.flyToBox(box));
  const lost = signal(false);
  const labels = new Labels(bundle, state, view, labelHost);
  listen({ state, view, steering, selecting, labels, loaded, bright, lost }, summarize);
  showing.onChange = summarize;
  summarize();
  followTags(state, bundle.count);
  const filtered = followFilters(bundle, state, tell);
  const server = new SearchServer(bundle.api);
  shareDrawer(state.sql, state.table);
  void server.abilities.then((known) => {
    state.sql.offered.value = known.has("sql");
  });
  followKin(bundle, server, state);
  followSearch(bundle, server, state);
  const player = new Player(bundle, state.timeline, view, { still, tell, gridded: state.look.grid });
  const framed = showing.shown.then(() => player.follow());
  const ready = Promise.all([framed, showing.colored, filtered]).then(() => undefined);
  const trails = new Trails(state, view, labelHost);
  const commands = [
    ...commandsOf(bundle.manifest, state, steering, player),
    ...chooseCommands(state, steering, selecting),
  ];
  const reach = reachOf(bundle);
  const records = new Records(bundle, selecting.rows);
  const atlas = { bundle, records, state, view, steering, player, selecting, commands, server, labels };
  const told = { trails, loaded, bright, summary, notice, lost, reach, tell };
  return { ...atlas, ...told, beside: signal<Beside | null>(null), ready };
}

type Listening = Pick<
  Atlas,
  "state" | "view" | "steering" | "selecting" | "labels" | "loaded" | "bright" | "lost"
>;

function listen(atlas: Listening, summarize: () => void): void {
  const { state, view, steering, selecting, labels, loaded, bright, lost } = atlas;
  const keepCamera = paused(CAMERA_PAUSE_MS, () => steering.keep());
  view.onHover = (item, at) =>
    batch(() => {
      state.hovered.value = item;
      if (item !== null) state.pointer.value = { x: at.x, y: at.y };
    });
  view.names = labels;
  view.onClick = (item, modifiers, at) => {
    if (!selecting.chooser.click(item, modifiers, at)) state.selected.value = item;
  };
  view.onRest = () => {
    keepCamera();
    summarize();
  };
  let prepared = false;
  view.onStats = (stats) => {
    if (stats.idle && !prepared) setTimeout(prepareSoft, AHEAD_MS);
    prepared ||= stats.idle;
    if (stats.loaded !== loaded.peek()) summarize();
    loaded.value = stats.loaded;
    bright.value = stats.bright;
    lost.value = stats.lost;
  };
  view.onStats(view.stats());
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
