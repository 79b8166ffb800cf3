/** What the page shows as plain JSON, for tests and the browser's console. */

import type { Atlas } from "./app.ts";
import { columnOf } from "./data/coloring.ts";
import { countOf } from "./data/mask.ts";
import { kinSnapshot, searchSnapshot } from "./find/snapshot.ts";
import { filterSnapshot } from "./state/filters.ts";
import { lookAddress } from "./state/look.ts";
import { isolatedNames } from "./state.ts";

export function snapshotOf(atlas: Atlas): Record<string, unknown> {
  const { bundle, state, view, player, labels, trails, loaded, summary, notice } = atlas;
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
    sql: state.sql.open.value,
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
