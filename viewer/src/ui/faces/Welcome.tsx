import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import { CloseIcon } from "../icons.tsx";

const KEY = "terrella:welcomed";
/** Whoever has done nothing by then looks rather than moves. */
const PATIENCE_MS = 45_000;
/** The last tick is seen for a moment. */
const FAREWELL_MS = 900;

const GESTURES = ["move", "zoom", "point", "pin"] as const;
type Gesture = (typeof GESTURES)[number];

const WORDS: Record<"mouse" | "touch", Record<Gesture, readonly [string, string]>> = {
  mouse: {
    move: ["Drag", "to move"],
    zoom: ["Scroll", "to zoom"],
    point: ["Point", "to see an item"],
    pin: ["Click", "to keep it"],
  },
  touch: {
    move: ["Drag", "to move"],
    zoom: ["Pinch", "to zoom"],
    point: ["Hold", "to see an item"],
    pin: ["Tap", "to keep it"],
  },
};

/** Four gestures, ticked off as they are done: shown at the first visit, in nobody's way, gone for good afterwards. */
export function Welcome({ atlas }: { atlas: Atlas }) {
  const done = useSignal<ReadonlySet<Gesture>>(new Set());
  const shown = useSignal(!welcomed());
  useEffect(() => {
    if (!shown.peek()) return;
    const leave = () => {
      shown.value = false;
      remember();
    };
    const tick = (gesture: Gesture) => {
      if (done.peek().has(gesture)) return;
      done.value = new Set(done.peek()).add(gesture);
      if (done.peek().size === GESTURES.length) setTimeout(leave, FAREWELL_MS);
    };
    const stop = watch(atlas, tick);
    const timer = setTimeout(leave, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [atlas, done, shown]);
  if (!shown.value || atlas.loaded.value === 0) return null;
  const words = WORDS[matchMedia("(hover: none)").matches ? "touch" : "mouse"];
  return (
    <aside class="welcome panel" aria-label="How to look around">
      <ul>
        {GESTURES.map((gesture) => (
          <li key={gesture} data-done={done.value.has(gesture)}>
            <b>{words[gesture][0]}</b> {words[gesture][1]}
            {done.value.has(gesture) && <span class="unseen"> (done)</span>}
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="quiet"
        aria-label="Hide these hints"
        onClick={() => {
          shown.value = false;
          remember();
        }}
      >
        <CloseIcon />
      </button>
    </aside>
  );
}

/** Tell each gesture as the reader does it; returns what ends the watching. */
function watch({ state, view }: Atlas, tick: (gesture: Gesture) => void): () => void {
  let { scale } = view.camera;
  let started = false; // what a link has brought is not the reader's doing
  const stops = [
    state.camera.subscribe((camera) => {
      if (!camera) return;
      if (started) tick(Math.abs(Math.log(camera.scale / scale)) < 0.01 ? "move" : "zoom");
      scale = camera.scale;
    }),
    state.hovered.subscribe((item) => item !== null && started && tick("point")),
    state.selected.subscribe((item) => item !== null && started && tick("pin")),
  ];
  started = true;
  return () => {
    for (const stop of stops) stop();
  };
}

function welcomed(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false; // a browser that keeps nothing shows it each time
  }
}

function remember(): void {
  try {
    localStorage.setItem(KEY, "1");
  } catch {
    // as above
  }
}
