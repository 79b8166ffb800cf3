import { missingName } from "../data/category.ts";
import { type Coloring, NO_CATEGORY } from "../data/coloring.ts";
import { topicName } from "../labels/names.ts";
import { countOf, formatCount } from "./format.ts";

const MOST_CATEGORIES = 3;

/** Say in words what is in view, for those who can't see it: how many items, and what most of them are. */
export function summaryOf(
  count: number,
  inView: ArrayLike<number>,
  limit: number,
  coloring: Coloring | null,
): string {
  if (inView.length === 0) return "Nothing in view.";
  const counted = countInView(count, inView.length, limit);
  const some = inView.length < Math.min(count, limit); // of all, the legend tells
  return some && coloring ? `${counted} ${mostOf(inView, coloring)}` : counted;
}

function countInView(count: number, inView: number, limit: number): string {
  if (inView >= count) return `All ${countOf(count, "item")} in view.`;
  const many = inView >= limit ? `More than ${formatCount(limit)}` : formatCount(inView);
  return `${many} of ${countOf(count, "item")} in view.`;
}

function mostOf(items: ArrayLike<number>, coloring: Coloring): string {
  if (coloring.kind !== "category") return `Coloured by ${coloring.title}.`;
  const counts = new Map<number, number>();
  for (let k = 0; k < items.length; k++) {
    const code = coloring.codeOf(items[k]!);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_CATEGORIES);
  const named = most.map(([code, n]) => {
    const { name: column, categories } = coloring.column;
    const name = code === NO_CATEGORY ? missingName(column) : topicName(categories[code]!);
    return `${name} (${Math.round((100 * n) / items.length)} %)`;
  });
  return `By ${coloring.title}: ${counts.size > MOST_CATEGORIES ? "mostly " : ""}${named.join(", ")}.`;
}
