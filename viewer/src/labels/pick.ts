/** A click on a name: the map then shows what it names, as a click on its entry in the legend does. */

import { batch } from "@preact/signals";
import type { Topic } from "../bundle/index.ts";
import { filterOf, type Rules, toggled, valuesFilter, withFilter } from "../data/filter/rules.ts";
import { isolate, type ViewState } from "../state.ts";

/** What a name stands for: a category of a column. */
export interface Meaning {
  readonly column: string;
  readonly code: number;
}

/**
 * Keep only what a name stands for, or with `add` that too; what alone is kept is let go. Names of the column that colours
 * the map are isolated in its legend, others are filtered.
 * @param levels the columns of topics: without `add`, one level's names take the place of another's.
 */
export function pickName(state: ViewState, meaning: Meaning, levels: readonly string[], add: boolean): void {
  const { column, code } = meaning;
  const { color, coloring, isolated, filters } = state;
  const colored = color.value === column && coloring.value?.kind === "category";
  batch(() => {
    if (!add && levels.includes(column)) {
      const others = levels.filter((level) => level !== column);
      filters.rules.value = others.reduce(
        (rules, level) => withFilter(rules, level, null),
        filters.rules.value,
      );
      if (!colored && color.value !== null && levels.includes(color.value)) isolated.value = new Set();
    }
    if (colored) isolate(state, code, add);
    else filters.rules.value = kept(filters.rules.value, column, code, add);
  });
}

function kept(rules: Rules, column: string, code: number, add: boolean): Rules {
  if (add) return toggled(rules, column, code);
  const before = filterOf(rules, column);
  const alone = before?.kind === "values" && !before.not && before.codes.join() === String(code);
  return withFilter(rules, column, alone ? null : valuesFilter(column, [code]));
}

/** Whether a name was picked: it is among those that are kept. */
export function isPicked(state: ViewState, meaning: Meaning): boolean {
  return isolatedBy(state, meaning) === true || keptByFilter(state, meaning) === true;
}

/** Whether a name's items are lit, as far as the names that were picked say. */
export function isLit(state: ViewState, meaning: Meaning): boolean {
  return isolatedBy(state, meaning) !== false && keptByFilter(state, meaning) !== false;
}

/** Whether the legend isolates a category; null where it isolates none of the column's. */
function isolatedBy({ color, coloring, isolated }: ViewState, { column, code }: Meaning): boolean | null {
  const colored = color.value === column && coloring.value?.kind === "category";
  return colored && isolated.value.size > 0 ? isolated.value.has(code) : null;
}

/** Whether the column's filter keeps a category; null where there is none that says so by itself. */
function keptByFilter({ filters }: ViewState, { column, code }: Meaning): boolean | null {
  const rules = filters.rules.value;
  const filter = filterOf(rules, column);
  if (filter?.kind !== "values" || rules.match !== "all") return null;
  return filter.codes.includes(code) !== filter.not;
}

/** Whether a topic is lit: it and those that hold it, and of those that it holds at least one. */
export function isTopicLit(topic: Topic, topics: readonly Topic[], lit: (topic: Topic) => boolean): boolean {
  for (let at: Topic | undefined = topic; at; at = at.parent === null ? undefined : topics[at.parent])
    if (!lit(at)) return false;
  const holdsLit = ({ id }: Topic): boolean => {
    const parts = topics.filter(({ parent }) => parent === id);
    return parts.length === 0 || parts.some((part) => lit(part) && holdsLit(part));
  };
  return holdsLit(topic);
}
