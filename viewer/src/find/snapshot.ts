import { kinOf } from "../state/kin.ts";
import type { ViewState } from "../state.ts";

/** The pinned item's kin as plain JSON, for tests. */
export function kinSnapshot({ kin, selected }: ViewState): Record<string, unknown> {
  const found = kinOf(kin, selected.value);
  const { items = [], distances = null } = found?.ranked ?? {};
  return {
    ...kin.choice.value,
    relation: found?.relation ?? null,
    state: kin.shown.value.state,
    items,
    distances,
    pointed: kin.pointed.value,
  };
}

/** The search as plain JSON, for tests; null where there is none. */
export function searchSnapshot({ search }: ViewState): Record<string, unknown> | null {
  const results = search.results.value;
  if (!results) return null;
  const { query, state, items, distances, message } = results;
  return {
    by: query.by,
    state,
    count: items.length,
    first: Array.from(items).slice(0, 20),
    distances: distances?.slice(0, 20) ?? null,
    reach: search.reach.value,
    message,
  };
}
