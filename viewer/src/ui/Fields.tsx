import type { Field, Row } from "../bundle/index.ts";
import { formatValue } from "./format.ts";

interface Props {
  row: Row;
  fields: readonly Field[];
  /** Also name the fields that this item leaves empty. */
  empty?: boolean;
}

/** An item's fields, name by value, as text. */
export function Fields({ row, fields, empty = false }: Props) {
  const entries = fields.map((field) => ({ field, text: formatValue(row[field.name], field.type) }));
  const shown = entries.filter(({ text }) => empty || text !== null);
  if (shown.length === 0) return null;
  return (
    <dl class="fields">
      {shown.map(({ field, text }) => (
        <div key={field.name} class={isLong(text) ? "field long" : "field"}>
          <dt>{field.title}</dt>
          <dd class={text === null ? "nothing" : ""}>{text ?? "—"}</dd>
        </div>
      ))}
    </dl>
  );
}

function isLong(text: string | null): boolean {
  return text !== null && (text.length > 36 || text.includes("\n"));
}
