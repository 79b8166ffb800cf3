/** Values as cells of a text file, exact and without surprises. */

import type { FieldLike } from "./jobs.ts";

/** Write a value as its plain text; nothing for none. */
export function plainText(value: unknown, type: FieldLike["type"]): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return type === "time" ? isoTime(value) : value.toISOString();
  if (typeof value === "object") {
    return JSON.stringify(value, (_, entry) => (typeof entry === "bigint" ? String(entry) : entry));
  }
  return String(value);
}

/** A time without a clock where it is midnight: dates stay dates. */
function isoTime(time: Date): string {
  if (Number.isNaN(time.getTime())) return "";
  const text = time.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.replace(".000Z", "Z");
}

/** A cell of a CSV file (RFC 4180): quoted where it has to be. */
export function csvCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
