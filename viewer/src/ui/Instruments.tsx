import type { ComponentChildren } from "preact";
import { toggleTheme, type ViewState } from "../state.ts";
import {
  CameraIcon,
  CompareIcon,
  HomeIcon,
  KeysIcon,
  MinusIcon,
  MoonIcon,
  PlusIcon,
  SunIcon,
} from "./icons.tsx";

interface Props {
  state: ViewState;
  onZoom: (factor: number) => void;
  onHome: () => void;
  /** Further stacks, to the left. */
  children?: ComponentChildren;
  /** Null on a map with one layout: there is nothing to compare. */
  onCompare: (() => void) | null;
}

export const ZOOM_STEP = 1.6;

/** The buttons at the map's edge: zoom, home, theme, keys. */
export function Instruments({ state, onZoom, onHome, onCompare, children }: Props) {
  const dark = state.theme.value === "dark";
  return (
    <nav class="instruments" aria-label="Map">
      <div class="stack panel">
        <button type="button" onClick={() => onZoom(ZOOM_STEP)} aria-label="Zoom in" title="Zoom in (+)">
          <PlusIcon />
        </button>
        <button
          type="button"
          onClick={() => onZoom(1 / ZOOM_STEP)}
          aria-label="Zoom out"
          title="Zoom out (−)"
        >
          <MinusIcon />
        </button>
        <button type="button" onClick={onHome} aria-label="Show the whole map" title="Whole map (0)">
          <HomeIcon />
        </button>
      </div>
      <div class="stack panel">
        {onCompare && (
          <button
            type="button"
            class="compare-button"
            aria-pressed={state.compare.beside.value !== null}
            onClick={onCompare}
            aria-label="Two maps side by side"
            title="Two maps side by side (\\)"
          >
            <CompareIcon />
          </button>
        )}
        <button
          type="button"
          onClick={() => toggleTheme(state)}
          aria-label={dark ? "Light theme" : "Dark theme"}
          title={dark ? "Light theme (T)" : "Dark theme (T)"}
        >
          {dark ? <SunIcon /> : <MoonIcon />}
        </button>
        <button
          type="button"
          onClick={() => {
            state.picture.shown.value = true;
          }}
          aria-label="Copy or save a picture"
          title="Picture (Y)"
        >
          <CameraIcon />
        </button>
        <button
          type="button"
          class="keys-button"
          onClick={() => {
            state.keysShown.value = true;
          }}
          aria-label="Keyboard"
          title="Keyboard (?)"
        >
          <KeysIcon />
        </button>
      </div>
      {children}
    </nav>
  );
}
