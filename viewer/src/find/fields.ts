import type { Field, Manifest } from "../bundle/index.ts";

/** Fields that hold words: texts and lists, and whatever names the item. */
export function wordFields({ fields }: Manifest): Field[] {
  return fields.filter(
    ({ type, role }) =>
      type === "string" || type === "list" || ((role === "id" || role === "label") && type !== "object"),
  );
}
