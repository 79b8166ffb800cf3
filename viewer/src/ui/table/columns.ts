/** The table's columns: one a field, as wide as its kind needs. */

import type { Field, Manifest } from "../../bundle/index.ts";

/** Pixels between columns, and of the table's edges, check and picture together. */
const GAP = 12;
const EDGES = 124;
/** Numbers that lie far from their neighbours are hard to read along a row. */
const WIDEST_NUMBER = 128;
const ROLES: readonly Field["role"][] = ["label", "id", "text", null, "image"];

/** The fields in the order of their columns: what names an item first. */
export function columnsOf({ fields }: Manifest): Field[] {
  return fields.toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
}

/** What the style sheet lays the columns out by. */
export function tracksOf(fields: readonly Field[], pictured: boolean): Record<string, string> {
  const least = fields.reduce((sum, field) => sum + leastOf(field) + GAP, EDGES);
  const tracks = `34px ${pictured ? "38px " : ""}${fields.map(widthOf).join(" ")}`;
  return { "--columns": tracks, "--least": `${least}px` };
}

export function isNumber({ type }: Field): boolean {
  return type === "number" || type === "integer";
}

/** A column's width: at least so much, and words as large a share of what the window has beyond that. */
function widthOf(field: Field): string {
  const most = field.role === "text" ? "3fr" : isNarrow(field) ? `${WIDEST_NUMBER}px` : "1fr";
  return `minmax(${leastOf(field)}px, ${most})`;
}

function leastOf(field: Field): number {
  if (field.role === "text") return 280;
  return isNarrow(field) ? 84 : 120;
}

function isNarrow(field: Field): boolean {
  return isNumber(field) || field.type === "boolean";
}
