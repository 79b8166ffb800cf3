import type { Manifest } from "../../bundle/index.ts";
import type { Command } from "../../commands.ts";
import { neighborResult } from "../../find/results.ts";
import type { ViewState } from "../../state.ts";
import { focusSearch } from "../find/focus.ts";
import type { KeyedMap } from "./map.ts";

/** Searching, and going through what was found. */
export function findCommands({ knn }: Manifest, state: ViewState, map: KeyedMap): Command[] {
  const { query, results } = state.search;
  const step = (by: 1 | -1) => {
    const item = neighborResult(results.value, state.selected.value, by);
    if (item === null) return;
    state.selected.value = item;
    map.flyTo?.(item);
  };
  const found = () => (results.value?.items.length ?? 0) > 0;
  const pinned = () => state.selected.value !== null;
  return [
    { title: "Search", group: "Find", keys: ["/"], run: () => focusSearch(state) },
    { title: "Next result", group: "Find", keys: ["n"], enabled: found, run: () => step(1) },
    { title: "Result before", group: "Find", keys: ["shift+n"], enabled: found, run: () => step(-1) },
    {
      title: "More like the pinned item",
      group: "Find",
      keys: ["m"],
      enabled: pinned,
      run: () => {
        query.value = { by: "item", item: state.selected.value! };
      },
    },
    ...(knn ? [kinCommand(state, pinned)] : []),
  ];
}

function kinCommand({ kin: { choice } }: ViewState, enabled: () => boolean): Command {
  return {
    title: "Neighbours by content or on the map",
    group: "Find",
    keys: ["k"],
    enabled,
    run: () => {
      const { relation } = choice.value;
      choice.value = { ...choice.value, relation: relation === "space" ? "map" : "space" };
    },
  };
}
