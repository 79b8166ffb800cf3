/** What the legend, the filters and the search leave lit, in the selection language. */

import type { CategoryColumn, Column } from "../bundle/index.ts";
import { NO_CATEGORY, OTHER_CATEGORIES } from "../data/category.ts";
import { type CategoryColoring, columnOf } from "../data/coloring.ts";
import { BY_TAG } from "../data/extras.ts";
import type { Filter, RangeFilter } from "../data/filter/rules.ts";
import { PALETTE_SIZE } from "../data/palette.ts";
import { timeOf } from "../data/times.ts";
import { flagsOf } from "../find/query.ts";
import { rulesNow } from "../state/filters.ts";
import type { SearchResults } from "../state/search.ts";
import type { ViewState } from "../state.ts";
import { allOf, anyOf, form, not, type Said } from "./said.ts";

/** What can be chosen now; everything where nothing is left out, null where it can't be said. */
export function passingSaid(state: ViewState): Said | null {
  const parts = [legendSaid(state), filtersSaid(state), searchSaid(state)];
  return parts.some((part) => part === null) ? null : allOf(parts as Said[]);
}

const EVERYTHING: Said = allOf([]);

function legendSaid({ coloring, color, isolated, tags }: ViewState): Said | null {
  const [shown, codes] = [coloring.value, isolated.value];
  if (codes.size === 0 || shown?.kind !== "category" || columnOf(shown) !== color.value) return EVERYTHING;
  if (color.value === BY_TAG) {
    return taggedSaid(
      tags.list.value.map(({ name }) => name),
      codes,
    );
  }
  return color.value?.startsWith("~") ? null : valuesSaid(shown.column, withOthers(shown, codes));
}

/** Isolated codes, in the place of "other" the categories that it stands for. */
function withOthers({ order }: CategoryColoring, codes: ReadonlySet<number>): ReadonlySet<number> {
  if (!codes.has(OTHER_CATEGORIES)) return codes;
  const named = [...codes].filter((code) => code !== OTHER_CATEGORIES);
  return new Set([...named, ...order.slice(PALETTE_SIZE)]);
}

/** An item wears its last tag's colour: it has that one and none that was made later. */
function taggedSaid(names: readonly string[], codes: ReadonlySet<number>): Said {
  const tag = (name: string) => form({ tag: name });
  const parts = [...codes].map((code) => {
    if (code === NO_CATEGORY) return not(anyOf(names.map(tag)));
    const later = names.slice(code + 1);
    const own = tag(names[code]!);
    return later.length > 0 ? allOf([own, not(anyOf(later.map(tag)))]) : own;
  });
  return anyOf(parts);
}

function valuesSaid({ name, categories }: CategoryColumn, codes: Iterable<number>): Said {
  const sorted = [...codes].sort((a, b) => a - b);
  const wanted = sorted.filter((code) => code < categories.length && code !== NO_CATEGORY);
  const missing = sorted.includes(NO_CATEGORY);
  const values = { field: name, in: wanted.map((code) => categories[code]!) };
  return form({ values: missing ? { ...values, missing } : values });
}

function filtersSaid({ filters }: ViewState): Said {
  const rules = rulesNow(filters);
  if (rules.filters.length === 0) return EVERYTHING;
  const columns = new Map(filters.facets.map(({ column }) => [column.name, column]));
  const parts = rules.filters.map((filter) => filterSaid(filter, columns.get(filter.column)!));
  switch (rules.match) {
    case "all":
      return allOf(parts);
    case "any":
      return anyOf(parts);
    case "not-all":
      return not(allOf(parts));
    default:
      return not(anyOf(parts));
  }
}

function filterSaid(filter: Filter, column: Column): Said {
  const said =
    filter.kind === "values" ? valuesSaid(column as CategoryColumn, filter.codes) : rangeSaid(filter, column);
  return filter.not ? not(said) : said;
}

function rangeSaid({ range, missing }: RangeFilter, column: Column): Said {
  const field = column.name;
  if (range === null) return form({ values: { field, in: [], missing: true } });
  const bound = (value: number | null) =>
    value !== null && column.kind === "time" ? new Date(timeOf(value, column)).toISOString() : value;
  const ends = {
    ...(range[0] !== null && { min: bound(range[0]) }),
    ...(range[1] !== null && { max: bound(range[1]) }),
  };
  return form({ range: { field, ...ends, ...(missing && { missing }) } });
}

function searchSaid({ search, found }: ViewState): Said | null {
  const results = search.results.value;
  if (!results || found.value === null) return EVERYTHING;
  return results.query.by === "text"
    ? textSaid(results.query.text, search.fields.value)
    : nearSaid(results, search.reach.value);
}

/** A part of a text, or an expression: what JavaScript's flags mean stands in it. */
function textSaid(text: string, fields: readonly string[] | null): Said | null {
  const pattern = flagsOf(text);
  const where = fields ? { fields: [...fields] } : {};
  if (!pattern) return form({ search: { text, ...where } });
  const flags = pattern.flags.replace(/[^ims]/g, "");
  const told = flags ? `(?${flags})${pattern.source}` : pattern.source;
  return form({ search: { text: told, mode: "regex", ...where } });
}

/** The nearest few; what was found along the graph, without a server, may not be quite the nearest. */
function nearSaid({ query, items, exact }: SearchResults, reach: number): Said | null {
  const k = Math.min(reach, items.length);
  if (k === 0 || exact < k) return null;
  switch (query.by) {
    case "item":
      return { kind: "like", item: query.item, k: k + 1 };
    case "words":
      return form({ vector_search: { text: query.text, k } });
    case "vector":
      return form({ vector_search: { vector: [...query.vector], k } });
    default:
      return null;
  }
}
