// biome-ignore-all lint/a11y/useSemanticElements: rows that are not there cannot stand in a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and says which row is meant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys
import type { Atlas } from "../../app.ts";
import type { Field, Row } from "../../bundle/index.ts";
import { formatValue } from "../format.ts";
import { Thumb } from "../Thumb.tsx";
import type { Thumb as Image } from "../thumbs.ts";
import { choose, point } from "./acts.ts";
import { isNumber } from "./columns.ts";

interface TableRowProps {
  atlas: Atlas;
  row: number;
  item: number;
  fields: readonly Field[];
  /** The item's fields, once they have arrived. */
  values: Row | undefined;
  thumb: Image | undefined;
  active: boolean;
  onClick: (event: MouseEvent) => void;
}

/** One item as a row. */
export function TableRow({ atlas, row, item, fields, values, thumb, active, onClick }: TableRowProps) {
  const { bundle, state, steering } = atlas;
  const { sprites } = bundle.manifest;
  const chosen = state.chosen.value?.[item] === 1;
  const marked = item === state.hovered.value || item === state.selected.value;
  return (
    <div
      id={`row-${row}`}
      role="row"
      class={`table-row${active ? " active" : ""}${marked ? " marked" : ""}`}
      aria-rowindex={row + 2}
      aria-selected={chosen}
      onClick={onClick}
      onDblClick={() => steering.flyTo(item)}
      onPointerEnter={({ pointerType }) => pointerType === "mouse" && point(atlas, item)}
    >
      <span role="gridcell" class="table-check">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Choose row ${row + 1}`}
          checked={chosen}
          onClick={(event) => event.stopPropagation()}
          onChange={() => choose(atlas, [item])}
        />
      </span>
      {sprites && (
        <span role="gridcell">
          <Thumb image={thumb} ink={sprites.ink} />
        </span>
      )}
      {fields.map((field) => (
        <span key={field.name} role="gridcell" class={isNumber(field) ? "number" : ""}>
          {values ? (formatValue(values[field.name], field.type) ?? "—") : "\u00a0"}
        </span>
      ))}
    </div>
  );
}
