import { effect } from "@preact/signals";
import type { MapBundle } from "../bundle/index.ts";
import type { ViewState } from "../state.ts";
import { groupingColumn, KinFinder } from "./kin.ts";
import type { SearchServer } from "./server.ts";

/** Keep the pinned item's kin as the state chooses them; what is being found for an older choice is given up. */
export function followKin(bundle: MapBundle, server: SearchServer, state: ViewState): void {
  const finder = new KinFinder(bundle, server);
  const { choice, shown, pointed } = state.kin;
  effect(() => {
    const item = state.selected.value;
    const { relation, side, roll } = choice.value;
    const projection = relation === "space" ? state.projection.peek() : state.projection.value;
    const grouped = relation === "closest" || relation === "farthest" || relation === "random";
    const column = grouped ? (groupingColumn(bundle.manifest, state.color.value)?.name ?? null) : null;
    pointed.value = null; // what was pointed at is no longer under the pointer
    if (item === null) return;
    const giveUp = new AbortController();
    const asked = { item, relation, wanted: side * side, projection, column, roll };
    finder.find(asked, giveUp.signal).then(
      (kin) => {
        if (!giveUp.signal.aborted) shown.value = { state: "here", kin };
      },
      (error: Error) => {
        if (!giveUp.signal.aborted) shown.value = { state: "failed", item, message: error.message };
      },
    );
    return () => giveUp.abort();
  });
}
