import type { Query } from "../../find/query.ts";
import { isPattern } from "../../find/query.ts";
import type { SearchResults } from "../../state/search.ts";
import { countOf, formatCount } from "../format.ts";
import { formatDistance } from "../kin/words.ts";

/** Name what is searched for. */
export function queryWords(query: Query): string {
  switch (query.by) {
    case "text":
      return isPattern(query.text) ? query.text : `“${query.text}”`;
    case "words":
      return `like “${query.text}”`;
    case "item":
      return `like item ${query.item}`;
    case "vector":
      return query.title ? `like ${query.title}` : `a vector of ${countOf(query.vector.length, "number")}`;
    case "image":
      return `like ${query.title}`;
  }
}

/** Say what was found: in how many items, or within what distance. */
export function resultWords(
  { query, state, items, distances, metric, exact, message }: SearchResults,
  reach: number,
): string {
  if (state === "failed") return message;
  if (query.by === "text") {
    const verb = isPattern(query.text) ? "match" : "contain";
    const count = items.length === 0 && state === "here" ? "No item" : countOf(items.length, "item");
    const one = items.length === 1 || count === "No item";
    return `${count} ${verb}${one ? (verb === "match" ? "es" : "s") : ""} ${queryWords(query)}`;
  }
  if (state === "searching") return `Searching for what is ${queryWords(query)}`;
  if (!distances || items.length === 0) return "Nothing was found";
  const lit = Math.min(reach, items.length);
  const least = metric === "inner_product" ? "product ≥" : `${metric ?? ""} distance ≤`;
  const about = exact < lit ? " ≈" : "";
  const edge = distances[lit - 1]!;
  const value = formatDistance(metric === "inner_product" ? -edge : edge);
  return `Nearest ${formatCount(lit)}, ${least.trim()}${about} ${value}`;
}
