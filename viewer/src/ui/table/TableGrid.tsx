import { useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useState } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import type { Listing } from "../../table/listing.ts";
import { useThumbs } from "../thumbs.ts";
import { actOnItem, click, point, rowByKey } from "./acts.ts";
import { columnsOf, tracksOf } from "./columns.ts";
import { useSight } from "./sight.ts";
import { TableHead } from "./TableHead.tsx";
import { TableRow } from "./TableRow.tsx";

const NONE: readonly number[] = [];

/** The rows that are in sight, of however many. */
export function TableGrid({ atlas, listing }: { atlas: Atlas; listing: Listing }) {
  const { bundle, state, view } = atlas;
  const [active, setActive] = useState(0);
  const items = listing.items.value;
  listing.arrived.value; // drawn anew when fields come
  const pictured = bundle.manifest.sprites !== null;
  const fields = columnsOf(bundle.manifest);
  const sight = useSight(items.length);
  const { first, last, reveal } = sight;
  const shown = Array.from(items.subarray(first, last));
  const thumbs = useThumbs(view.spriteOf, pictured ? shown : NONE);
  useLayoutEffect(() => listing.want(shown));
  useSignalEffect(() => {
    const row = state.selected.value === null ? -1 : listing.items.value.indexOf(state.selected.value);
    if (row < 0) return;
    setActive(row);
    reveal(row);
  });
  const act = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const row = rowByKey(event.key, active, sight.page, items.length);
    const item = items[active];
    if (row !== null) {
      setActive(row);
      reveal(row);
      point(atlas, items[row] ?? null);
    } else if (item === undefined || !actOnItem(atlas, item, event)) return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not there cannot stand in a table element
    <div
      ref={sight.scroller}
      class="table-scroll"
      role="grid"
      tabIndex={0}
      aria-label="Items; Enter pins, Space chooses"
      aria-rowcount={items.length + 1}
      aria-activedescendant={active >= first && active < last ? `row-${active}` : undefined}
      style={tracksOf(fields, pictured)}
      onScroll={({ currentTarget }) => sight.look(currentTarget)}
      onKeyDown={act}
      onPointerLeave={() => point(atlas, null)}
    >
      <TableHead sorting={state.table.sorting} fields={fields} pictured={pictured} />
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div class="table-body" role="rowgroup" style={{ height: `${sight.tall}px` }}>
        <div style={{ transform: `translateY(${sight.shift}px)` }} role="presentation">
          {shown.map((item, k) => (
            <TableRow
              key={first + k}
              atlas={atlas}
              row={first + k}
              item={item}
              fields={fields}
              values={listing.row(item)}
              thumb={thumbs.get(item)}
              active={first + k === active}
              onClick={(event) => {
                click(atlas, items, active, first + k, event);
                setActive(first + k);
              }}
            />
          ))}
        </div>
      </div>
      {items.length === 0 && <p class="note table-empty">No row: nothing that is lit lies in view.</p>}
    </div>
  );
}
