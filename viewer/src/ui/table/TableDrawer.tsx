// biome-ignore-all lint/a11y/useSemanticElements: a rule cannot be pulled
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import { HEIGHT } from "../../state/table.ts";
import { Listing } from "../../table/listing.ts";
import { countOf, formatCount } from "../format.ts";
import { CloseIcon } from "../icons.tsx";
import { TableGrid } from "./TableGrid.tsx";

/** The items as rows, below the map. */
export default function TableDrawer({ atlas }: { atlas: Atlas }) {
  const { bundle, state, view, selecting } = atlas;
  const { table } = state;
  const listing = useMemo(() => new Listing(bundle, state, view, selecting.rows), [bundle, state, view]);
  useEffect(() => listing.follow(), [listing]);
  const height = Math.min(table.height.value, Math.round(innerHeight * 0.7));
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.setProperty("--drawer", `${height}px`);
    return () => void style.removeProperty("--drawer");
  }, [height]);
  return (
    <section class="table-drawer panel" aria-label="Table" style={{ height: `${height}px` }}>
      <Grip height={height} onHeight={(wanted) => setHeight(table.height, wanted)} />
      <header class="table-head">
        <h2 class="label">Table</h2>
        <Source atlas={atlas} />
        <p class="note" role="status">
          {listing.problem.value || words(listing)}
        </p>
        <button
          type="button"
          class="quiet"
          aria-label="Close the table"
          title="Close (B)"
          onClick={() => {
            table.open.value = false;
          }}
        >
          <CloseIcon />
        </button>
      </header>
      <TableGrid atlas={atlas} listing={listing} />
    </section>
  );
}

function words(listing: Listing): string {
  const [shown, total] = [listing.items.value.length, listing.total.value];
  const rows =
    shown < total ? `The first ${formatCount(shown)} of ${countOf(total, "row")}` : countOf(total, "row");
  return listing.busy.value ? `${rows}, sorting …` : rows;
}

function Source({ atlas: { state } }: { atlas: Atlas }) {
  const { source } = state.table;
  if (!state.chosen.value) return null;
  const choice = (value: "chosen" | "view", title: string) => (
    <label class="segment">
      <input
        type="radio"
        name="table-source"
        checked={source.value === value}
        onChange={() => {
          source.value = value;
        }}
      />
      <span>{title}</span>
    </label>
  );
  return (
    <fieldset class="segments small" aria-label="Rows">
      {choice("chosen", "Chosen")}
      {choice("view", "In view")}
    </fieldset>
  );
}

function setHeight(height: { value: number }, wanted: number): void {
  height.value = Math.round(Math.min(Math.max(wanted, HEIGHT.least), innerHeight * 0.7));
}

/** The drawer's upper edge, which is pulled. */
function Grip({ height, onHeight }: { height: number; onHeight: (height: number) => void }) {
  return (
    <div
      class="table-grip"
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label="Height of the table"
      aria-valuenow={height}
      aria-valuemin={HEIGHT.least}
      aria-valuemax={Math.round(innerHeight * 0.7)}
      onKeyDown={(event) => {
        const step = { ArrowUp: 40, ArrowDown: -40 }[event.key];
        if (!step) return;
        event.preventDefault();
        onHeight(height + step);
      }}
      onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
      onPointerMove={({ currentTarget, pointerId, clientY }) => {
        if (!currentTarget.hasPointerCapture(pointerId)) return;
        onHeight(currentTarget.parentElement!.getBoundingClientRect().bottom - clientY);
      }}
    />
  );
}
