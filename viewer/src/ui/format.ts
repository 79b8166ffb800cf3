import type { Field, Row } from "../bundle/index.ts";

const LANGUAGE = "en";
const COUNT = new Intl.NumberFormat(LANGUAGE);
const DATE = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium", timeZone: "UTC" });
const MOMENT = new Intl.DateTimeFormat(LANGUAGE, {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
});

export function formatCount(count: number): string {
  return COUNT.format(count);
}

export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Write a field's value as text; null where the item has none. Nothing here is ever read as HTML. */
export function formatValue(value: unknown, type: Field["type"]): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (type === "time") return formatTime(value);
  if (typeof value === "number" && type !== "integer") return String(Number(value.toPrecision(7)));
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map((entry) => formatValue(entry, "string") ?? "—").join(", ");
  if (typeof value === "object" && !(value instanceof Date)) {
    return JSON.stringify(value, (_, entry) => (typeof entry === "bigint" ? String(entry) : entry));
  }
  return String(value);
}

function formatTime(value: unknown): string {
  const zoned = typeof value === "string" && /T[\d:.]+$/.test(value) ? `${value}Z` : value; // without a zone: UTC
  const time = zoned instanceof Date ? zoned : new Date(zoned as string | number);
  if (Number.isNaN(time.getTime())) return String(value);
  const wholeDay = time.getTime() % 86_400_000 === 0;
  return (wholeDay ? DATE : MOMENT).format(time);
}

/** What to call an item: its label, else its id, else its place on the map. */
export function titleOf(row: Row | null, fields: readonly Field[], item: number): string {
  for (const role of ["label", "id"] as const) {
    const named = fieldOf(fields, role);
    const title = named && row ? formatValue(row[named.name], named.type) : null;
    if (title !== null) return title;
  }
  return `item ${item}`;
}

export function fieldOf(fields: readonly Field[], role: Field["role"]): Field | undefined {
  return fields.find((field) => field.role === role);
}
