// biome-ignore-all lint/a11y/useSemanticElements: rows that are not there cannot stand in a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and says which row is meant
import type { Field } from "../../bundle/index.ts";
import type { TableState } from "../../state/table.ts";
import { isNumber } from "./columns.ts";

interface TableHeadProps {
  sorting: TableState["sorting"];
  fields: readonly Field[];
  pictured: boolean;
}

/** The columns' names; each sorts up, then down, then not at all. */
export function TableHead({ sorting, fields, pictured }: TableHeadProps) {
  const sorted = sorting.value;
  const sort = (field: string) => {
    if (sorted?.field !== field) sorting.value = { field, descending: false };
    else sorting.value = sorted.descending ? null : { field, descending: true };
  };
  return (
    <div class="table-row table-names" role="row" aria-rowindex={1}>
      <span role="columnheader" tabIndex={-1} aria-label="Chosen" />
      {pictured && <span role="columnheader" tabIndex={-1} aria-label="Image" />}
      {fields.map((field) => {
        const own = sorted?.field === field.name ? sorted : null;
        return (
          <span
            key={field.name}
            role="columnheader"
            tabIndex={-1}
            aria-sort={own ? (own.descending ? "descending" : "ascending") : "none"}
            class={isNumber(field) ? "number" : ""}
          >
            <button type="button" title={`Sort by ${field.title}`} onClick={() => sort(field.name)}>
              {field.title}
              {own && <i aria-hidden="true">{own.descending ? " ↓" : " ↑"}</i>}
            </button>
          </span>
        );
      })}
    </div>
  );
}
