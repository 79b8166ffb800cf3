// biome-ignore-all lint/a11y/useSemanticElements: rows that are not there cannot stand in a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and says which row is meant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys
import { batch, useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import type { Field } from "../../bundle/index.ts";
import { toggled } from "../../data/combine.ts";
import type { Listing } from "../../table/listing.ts";
import { formatValue } from "../format.ts";
import { Thumb } from "../Thumb.tsx";
import { useThumbs } from "../thumbs.ts";

const ROW = 30;
/** Browsers end a page at some 16 million pixels: a longer table is scrolled in larger steps. */
const TALLEST = 8_000_000;
const AROUND = 6;
/** Pixels between columns, and of the table's edges, check and picture together. */
const GAP = 12;
const EDGES = 124;
const ROLES: readonly Field["role"][] = ["label", "id", "text", null, "image"];

/** The rows that are in sight, of however many. */
export function TableGrid({ atlas, listing }: { atlas: Atlas; listing: Listing }) {
  const { bundle, state, view, steering } = atlas;
  const scroller = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 300 });
  const [active, setActive] = useState(0);
  const items = listing.items.value;
  listing.arrived.value; // drawn anew when fields come
  const fields = bundle.manifest.fields.toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
  const full = items.length * ROW;
  const tall = Math.min(full, TALLEST);
  const stretch = tall > sight.height ? (full - sight.height) / (tall - sight.height) : 1;
  const top = sight.top * stretch;
  const first = Math.max(0, Math.floor(top / ROW) - AROUND);
  const last = Math.min(items.length, Math.ceil((top + sight.height) / ROW) + AROUND);
  const shown = Array.from(items.subarray(first, last));
  const thumbs = useThumbs(view.spriteOf, bundle.manifest.sprites ? shown : NONE);
  useLayoutEffect(() => listing.want(shown));
  useLayoutEffect(() => {
    const element = scroller.current!;
    const observer = new ResizeObserver(() =>
      setSight({ top: element.scrollTop, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const reveal = (row: number) => {
    const element = scroller.current!;
    const [above, below] = [row * ROW, (row + 2) * ROW - element.clientHeight];
    if (element.scrollTop * stretch > above) element.scrollTop = above / stretch;
    else if (element.scrollTop * stretch < below) element.scrollTop = below / stretch;
  };
  useSignalEffect(() => {
    const row = state.selected.value === null ? -1 : listing.items.value.indexOf(state.selected.value);
    if (row < 0) return;
    setActive(row);
    reveal(row);
  });
  const act = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(sight.height / ROW) - 2);
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: items.length - 1,
    };
    const item = items[active];
    const to = steps[event.key];
    if (event.target !== event.currentTarget) return;
    if (to !== undefined) {
      const row = Math.min(Math.max(to, 0), items.length - 1);
      setActive(row);
      reveal(row);
      point(atlas, items[row] ?? null);
    } else if (event.key === "Enter" && item !== undefined) {
      state.selected.value = item;
      if (event.shiftKey) steering.flyTo(item);
    } else if (event.key === " " && item !== undefined) choose(atlas, [item]);
    else return;
    event.preventDefault();
  };
  const click = (event: MouseEvent, row: number) => {
    const item = items[row]!;
    if (event.shiftKey)
      choose(atlas, Array.from(items.subarray(Math.min(active, row), Math.max(active, row) + 1)));
    else if (event.ctrlKey || event.metaKey) choose(atlas, [item]);
    else state.selected.value = item;
    setActive(row);
  };
  const columns = `34px ${bundle.manifest.sprites ? "38px " : ""}${fields.map(widthOf).join(" ")}`;
  const least = fields.reduce((sum, field) => sum + leastOf(field) + GAP, EDGES);
  const chosen = state.chosen.value;
  const marked = [state.hovered.value, state.selected.value];
  return (
    <div
      ref={scroller}
      class="table-scroll"
      role="grid"
      tabIndex={0}
      aria-label="Items; Enter pins, Space chooses"
      aria-rowcount={items.length + 1}
      aria-activedescendant={active >= first && active < last ? `row-${active}` : undefined}
      style={{ "--columns": columns, "--least": `${least}px` }}
      onScroll={({ currentTarget }) =>
        setSight({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })
      }
      onKeyDown={act}
      onPointerLeave={() => point(atlas, null)}
    >
      <Head atlas={atlas} fields={fields} pictured={bundle.manifest.sprites !== null} />
      <div class="table-body" role="rowgroup" style={{ height: `${tall}px` }}>
        <div style={{ transform: `translateY(${sight.top - top + first * ROW}px)` }} role="presentation">
          {shown.map((item, k) => {
            const row = first + k;
            const values = listing.row(item);
            return (
              <div
                key={row}
                id={`row-${row}`}
                role="row"
                class={`table-row${row === active ? " active" : ""}${marked.includes(item) ? " marked" : ""}`}
                aria-rowindex={row + 2}
                aria-selected={chosen?.[item] === 1}
                onClick={(event) => click(event, row)}
                onDblClick={() => steering.flyTo(item)}
                onPointerEnter={({ pointerType }) => pointerType === "mouse" && point(atlas, item)}
              >
                <span role="gridcell" class="table-check">
                  <input
                    type="checkbox"
                    tabIndex={-1}
                    aria-label={`Choose row ${row + 1}`}
                    checked={chosen?.[item] === 1}
                    onClick={(event) => event.stopPropagation()}
                    onChange={() => choose(atlas, [item])}
                  />
                </span>
                {bundle.manifest.sprites && (
                  <span role="gridcell">
                    <Thumb image={thumbs.get(item)} ink={bundle.manifest.sprites.ink} />
                  </span>
                )}
                {fields.map((field) => (
                  <span key={field.name} role="gridcell" class={isNumber(field) ? "number" : ""}>
                    {values ? (formatValue(values[field.name], field.type) ?? "—") : "\u00a0"}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {items.length === 0 && <p class="note table-empty">No row: nothing that is lit lies in view.</p>}
    </div>
  );
}

const NONE: readonly number[] = [];

function Head({ atlas, fields, pictured }: { atlas: Atlas; fields: readonly Field[]; pictured: boolean }) {
  const { sorting } = atlas.state.table;
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

/** Put items in or take them out; the table goes on listing what it lists. */
function choose({ state, bundle }: Atlas, items: readonly number[]): void {
  batch(() => {
    const { source } = state.table;
    if (!state.chosen.value) source.value = "view";
    state.table.choosing = true;
    state.chosen.value = toggled(state.chosen.value, items, bundle.count);
  });
}

/** Show on the map which item is meant, with its card beside it if it is in sight. */
function point({ state, view }: Atlas, item: number | null): void {
  const at = item === null ? null : view.screenOf(item);
  const inSight = at && at.x >= 0 && at.y >= 0 && at.x <= innerWidth && at.y <= innerHeight;
  batch(() => {
    if (inSight) state.pointer.value = at;
    state.hovered.value = inSight ? item : null;
  });
}

function isNumber({ type }: Field): boolean {
  return type === "number" || type === "integer";
}

/** A column's width: at least so much, and so large a share of what the window has beyond that. */
function widthOf(field: Field): string {
  const share = field.role === "text" ? "3fr" : isNarrow(field) ? "0.6fr" : "1fr";
  return `minmax(${leastOf(field)}px, ${share})`;
}

function leastOf(field: Field): number {
  if (field.role === "text") return 280;
  return isNarrow(field) ? 84 : 120;
}

function isNarrow(field: Field): boolean {
  return isNumber(field) || field.type === "boolean";
}
