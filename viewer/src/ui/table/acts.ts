/** What is done with the table's rows: by keys, by clicks, by pointing. */

import { batch } from "@preact/signals";
import type { Atlas } from "../../app.ts";
import { toggled } from "../../data/combine.ts";

/** Put items in or take them out; the table goes on listing what it lists. */
export function choose({ state, bundle }: Atlas, items: readonly number[]): void {
  batch(() => {
    const { source } = state.table;
    if (!state.chosen.value) source.value = "view";
    state.table.choosing = true;
    state.chosen.value = toggled(state.chosen.value, items, bundle.count);
  });
}

/** Show on the map which item is meant, with its card beside it if it is in sight. */
export function point({ state, view }: Atlas, item: number | null): void {
  const at = item === null ? null : view.sight.screenOf(item);
  const inSight = at && at.x >= 0 && at.y >= 0 && at.x <= innerWidth && at.y <= innerHeight;
  batch(() => {
    if (inSight) state.pointer.value = at;
    state.hovered.value = inSight ? item : null;
  });
}

/** A click on row `row`: pins its item, with Shift chooses all from the active row on, with Control this one. */
export function click(
  atlas: Atlas,
  items: Uint32Array,
  active: number,
  row: number,
  { shiftKey, ctrlKey, metaKey }: MouseEvent,
): void {
  const item = items[row]!;
  if (shiftKey) choose(atlas, Array.from(items.subarray(Math.min(active, row), Math.max(active, row) + 1)));
  else if (ctrlKey || metaKey) choose(atlas, [item]);
  else atlas.state.selected.value = item;
}

/** The row that a key leads to from the active one; null for other keys. */
export function rowByKey(key: string, active: number, page: number, count: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), count - 1);
}

/** Enter pins the active item, with Shift flies to it; Space chooses it. Returns whether the key did something. */
export function actOnItem(atlas: Atlas, item: number, { key, shiftKey }: KeyboardEvent): boolean {
  if (key === " ") choose(atlas, [item]);
  else if (key === "Enter") {
    atlas.state.selected.value = item;
    if (shiftKey) atlas.steering.flyTo(item);
  } else return false;
  return true;
}
