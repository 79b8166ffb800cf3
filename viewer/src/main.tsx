/** The page's start: the map first, in its colours; what surrounds it is fetched and built once that has been painted. */

import { render } from "preact";
import { readAddress } from "./address.ts";
import { apiOf, fetchAhead, MapError, openMap } from "./bundle/index.ts";
import { openDevice } from "./gl/context.ts";
import { presented } from "./presented.ts";
import { showMap } from "./showing.ts";
import { createState, type ViewState } from "./state.ts";
import "./styles/index.css";
import { expectedInsets } from "./ui/expected.ts";
import { Problem } from "./ui/Problem.tsx";
import { Progress } from "./ui/Progress.tsx";
import { stillSystem, systemTheme } from "./ui/system.ts";
import { MapView } from "./view.ts";

/** The page's hook for tests and the browser's console. */
export interface Hook {
  /** Fulfilled when the first projection is whole and in its colours, and the page around it there; rejected where there is no map. */
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

/** A page that is only just being opened needs no word: what is shown meanwhile keeps the device from the map. */
const PATIENT_MS = 500;

const canvas = document.querySelector<HTMLCanvasElement>("#map")!;
const labelHost = document.querySelector<HTMLElement>("#labels")!;
const panels = document.querySelector<HTMLElement>("#panels")!;

async function start(): Promise<void> {
  const address = readAddress(location.hash);
  const theme = systemTheme();
  document.documentElement.dataset.theme = address.theme ?? theme;
  const options = { api: apiOf(document), fetch: fetchAhead };
  const bundle = await openMap(new URL("map/", document.baseURI), options);
  document.title = `${bundle.manifest.title} · Terrella`;
  const state = createState(bundle.manifest, address, theme);
  bundle.begin(state.projection.value, state.color.value);
  const device = openDevice(canvas); // takes its time, in which the first items arrive
  const view = new MapView(canvas, bundle, {
    theme: state.theme.value,
    reducedMotion: stillSystem.matches,
    device,
  });
  view.setInsets(expectedInsets(innerWidth, innerHeight));
  Object.assign(window.terrella, { state, view });
  const shown = showMap(bundle, state, view);
  if (address.camera) view.setCamera(address.camera);
  await Promise.race([view.painted, shown.showing.shown]);
  clearTimeout(waiting);
  await presented();
  render(<Progress loaded={view.stats().loaded} count={bundle.count} />, panels);
  const { furnish } = await import("./furnish.tsx").catch(() => {
    throw new MapError({ kind: "offline", url: location.href });
  });
  await furnish(shown, address, { canvas, labelHost, panels });
}

function showProblem(error: unknown): void {
  clearTimeout(waiting);
  document.body.dataset.problem = "";
  render(<Problem error={error} />, panels);
}

const waiting = setTimeout(() => render(<Progress loaded={0} count={null} />, panels), PATIENT_MS);
const ready = start();
ready.catch(showProblem);
window.terrella = { ready, snapshot: () => ({}) };
