import type { Manifest } from "../bundle/index.ts";

/** A first question that this map can answer: how many items each of the values has that it is coloured by. */
export function firstQuery({ columns, view }: Manifest): string {
  const shown = columns.find(({ name, kind }) => name === view.color && kind === "category");
  const category = shown ?? columns.find(({ kind }) => kind === "category");
  if (!category) return "select *\nfrom data\nlimit 20";
  return `select ${quoted(category.name)}, count(*) as items\nfrom data\ngroup by all\norder by items desc`;
}

/** A column's name as SQL reads it. */
export function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
