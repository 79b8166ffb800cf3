import type { SearchResults } from "../state/search.ts";

/** The result after or before an item, round the end; the first or last where the item is none of them. */
export function neighborResult(
  results: SearchResults | null,
  item: number | null,
  by: 1 | -1,
): number | null {
  const items = results?.items ?? [];
  if (items.length === 0) return null;
  const at = item === null ? -1 : Array.prototype.indexOf.call(items, item);
  if (at < 0) return items[by === 1 ? 0 : items.length - 1]!;
  return items[(at + by + items.length) % items.length]!;
}
