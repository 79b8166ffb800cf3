import type { Manifest } from "../bundle/index.ts";
import { type Movable, moveByKey } from "../interaction/keys.ts";
import { clear, colorBy, toggleTheme, type ViewState } from "../state.ts";

/** What keys ask of the map. */
export interface KeyedMap extends Movable {
  /** The item nearest to the middle of the view: keys point there, as a pointer would. */
  itemInMiddle(): number | null;
}

/** Act on a key wherever the focus is, unless the control that has it needs the key; returns whether it did. */
export function actOnKey(event: KeyboardEvent, manifest: Manifest, state: ViewState, map: KeyedMap): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (event.key === "Escape") {
    state.hovered.value = null;
    clear(state);
    return true;
  }
  if (state.keysShown.value || keptByControl(event)) return false;
  if (event.key === "Enter" && event.target instanceof HTMLCanvasElement) {
    state.selected.value = map.itemInMiddle();
    return true;
  }
  return actOnLetter(event.key, manifest, state) || moveByKey(event, map);
}

function actOnLetter(key: string, manifest: Manifest, state: ViewState): boolean {
  const projection = /^[1-9]$/.test(key) ? manifest.projections[Number(key) - 1] : undefined;
  if (projection) state.projection.value = projection.name;
  else if (key === "?") state.keysShown.value = true;
  else if (key === "c" || key === "C") colorBy(state, nextColor(manifest, state.color.value));
  else if (key === "q" || key === "Q") state.qualityShown.value = !state.qualityShown.value;
  else if (key === "t" || key === "T") toggleTheme(state);
  else if ((key === "s" || key === "S") && manifest.sprites?.ink) {
    const style = state.sprites.value;
    state.sprites.value = { ...style, ink: !style.ink };
  } else return false;
  return true;
}

/** The column after this one; after the last, the items' own colours. */
function nextColor({ columns }: Manifest, color: string | null): string | null {
  const at = columns.findIndex(({ name }) => name === color);
  return columns[at + 1]?.name ?? null;
}

/** Whether the focused control has its own use for the key. */
function keptByControl({ key, target }: KeyboardEvent): boolean {
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement) {
    if (target.type === "radio") return key.startsWith("Arrow");
    if (target.type === "range") return key.startsWith("Arrow") || key === "Home";
    return true;
  }
  return false;
}
