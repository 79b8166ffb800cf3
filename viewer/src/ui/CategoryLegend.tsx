import { useState } from "preact/hooks";
import { missingName, NO_CATEGORY, OTHER_CATEGORIES } from "../data/category.ts";
import type { CategoryColoring } from "../data/coloring.ts";
import { filterOf } from "../data/filter/rules.ts";
import { cssOf } from "../data/oklab.ts";
import { PALETTE_SIZE } from "../data/palette.ts";
import type { FilterState } from "../state/filters.ts";
import { isolate, type ViewState } from "../state.ts";
import { formatCount } from "./format.ts";

interface Props {
  coloring: CategoryColoring;
  state: ViewState;
}

/** Rows in the list at once; a column may have 65,535 categories, and those are found by name. */
const MOST_ENTRIES = 200;

/** Categories with their counts; a click isolates one, with Shift one more, and a second click brings all back. */
export function CategoryLegend({ coloring, state }: Props) {
  const { name, categories, missing } = coloring.column;
  const [wanted, setWanted] = useState("");
  const [unfolded, setUnfolded] = useState(false);
  const theme = state.theme.value;
  const dress = state.colors.dress.value;
  const isolated = state.isolated.value;
  const counts = countsOf(coloring, state.filters);
  const needle = wanted.trim().toLocaleLowerCase();
  const found = coloring.order.filter((code) => categories[code]!.toLocaleLowerCase().includes(needle));
  const folding = needle === "" && found.length > PALETTE_SIZE + 1 && hasOthers(coloring);
  const shown = found.slice(0, folding && !unfolded ? PALETTE_SIZE : MOST_ENTRIES);
  const others = folding ? coloring.order.slice(PALETTE_SIZE) : [];
  const otherCount = others.reduce((sum, code) => sum + counts[code]!, 0);
  const most = shown.reduce((a, code) => Math.max(a, counts[code]!), Math.max(1, counts.at(-1)!));
  const entry = (code: number, name: string, count: number) => (
    <Entry
      key={code}
      name={name}
      count={count}
      share={Math.min(count / most, 1)}
      color={cssOf(coloring.colorOf(code, theme, dress))}
      pressed={isolated.has(code)}
      dim={isolated.size > 0 && !isolated.has(code)}
      onIsolate={(add) => isolate(state, code, add)}
    />
  );
  return (
    <div class="legend" data-testid="legend">
      {categories.length > PALETTE_SIZE && (
        <input
          type="search"
          class="find"
          placeholder={`Find among ${formatCount(categories.length)}`}
          aria-label={`Find among ${formatCount(categories.length)} categories`}
          value={wanted}
          onInput={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      )}
      <ul class="entries" aria-label={`Categories of ${coloring.title}`}>
        {shown.map((code) => entry(code, categories[code] || "(empty)", counts[code]!))}
        {folding && entry(OTHER_CATEGORIES, `${formatCount(others.length)} other`, otherCount)}
        {missing > 0 && needle === "" && entry(NO_CATEGORY, missingName(name), counts.at(-1)!)}
      </ul>
      {folding && (
        <button type="button" class="more" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? "Fold the others" : "Show the others"}
        </button>
      )}
      {found.length === 0 && <p class="note">No category has this in its name.</p>}
      {found.length > shown.length && !(folding && !unfolded) && (
        <p class="note">and {formatCount(found.length - shown.length)} more</p>
      )}
    </div>
  );
}

/** Whether the categories beyond the palette share one colour; steps of a scale don't. */
function hasOthers({ order, colorOf }: CategoryColoring): boolean {
  const last = order.at(-1)!;
  return String(colorOf(last, "dark")) === String(colorOf(OTHER_CATEGORIES, "dark"));
}

/** Items of each category that pass the filters, then those without a value; all of them where nothing is filtered. */
function countsOf(
  { column }: CategoryColoring,
  filters: FilterState,
): ArrayLike<number> & { at(k: number): number | undefined } {
  const { counts, missing } = column;
  const all = [...counts, missing];
  const rules = filters.rules.value;
  const left = filters.facets.find((facet) => facet.column.name === column.name)?.counts.value;
  if (rules.filters.length === 0 || !left) return all;
  const own = filterOf(rules, column.name);
  if (own?.kind !== "values" || rules.match !== "all") return left;
  const keeps = (code: number) => own.codes.includes(code) !== own.not;
  return all.map((_, k) => (keeps(k === counts.length ? NO_CATEGORY : k) ? left[k]! : 0));
}

interface EntryProps {
  name: string;
  count: number;
  share: number;
  color: string;
  pressed: boolean;
  dim: boolean;
  onIsolate: (add: boolean) => void;
}

function Entry({ name, count, share, color, pressed, dim, onIsolate }: EntryProps) {
  return (
    <li>
      <button
        type="button"
        class={dim ? "entry dim" : "entry"}
        aria-pressed={pressed}
        onClick={(event) => onIsolate(event.shiftKey || event.ctrlKey || event.metaKey)}
      >
        <span class="swatch" style={{ background: color }} aria-hidden="true" />
        <span class="entry-name">{name}</span>
        <span class="entry-count">{formatCount(count)}</span>
        <span
          class="entry-bar"
          style={{ width: `calc(${share} * (100% - 36px))`, background: color }}
          aria-hidden="true"
        />
      </button>
    </li>
  );
}
