import type { Manifest } from "../../bundle/index.ts";
import { wordFields } from "../../find/fields.ts";
import type { SearchState } from "../../state/search.ts";

/** The fields that a text is looked for in: all of them, unless some are switched off. */
export function FieldChoice({ manifest, search }: { manifest: Manifest; search: SearchState }) {
  const fields = wordFields(manifest);
  if (fields.length < 2) return null;
  const chosen = search.fields.value ?? fields.map(({ name }) => name);
  const toggle = (name: string, on: boolean) => {
    const names = fields
      .map((field) => field.name)
      .filter((one) => (one === name ? on : chosen.includes(one)));
    if (names.length > 0) search.fields.value = names.length === fields.length ? null : names;
  };
  const all = search.fields.value === null;
  return (
    <details class="search-fields">
      <summary>
        {all ? `In all ${fields.length} fields` : `In ${chosen.length} of ${fields.length} fields`}
      </summary>
      <fieldset class="lamps" aria-label="Search in">
        {fields.map(({ name, title }) => (
          <label key={name} class="lamp" title={`Search in ${title}`}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={({ currentTarget }) => {
                toggle(name, currentTarget.checked);
                currentTarget.checked = (search.fields.peek() ?? [name]).includes(name); // the last one stays on
              }}
            />
            <span>{title}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
