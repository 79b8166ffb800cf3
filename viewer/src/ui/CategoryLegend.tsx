import { useState } from "preact/hooks";
import type { CategoryColoring } from "../data/coloring.ts";
import { NO_CATEGORY } from "../data/coloring.ts";
import { cssOf } from "../data/oklab.ts";
import { PALETTE_SIZE } from "../data/palette.ts";
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
  const { categories, counts, missing } = coloring.column;
  const [wanted, setWanted] = useState("");
  const theme = state.theme.value;
  const isolated = state.isolated.value;
  const most = counts.reduce((a, b) => Math.max(a, b), Math.max(1, missing));
  const needle = wanted.trim().toLocaleLowerCase();
  const found = coloring.order.filter((code) => categories[code]!.toLocaleLowerCase().includes(needle));
  const entry = (code: number, name: string, count: number) => (
    <Entry
      key={code}
      name={name}
      count={count}
      share={count / most}
      color={cssOf(coloring.colorOf(code, theme))}
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
        {found
          .slice(0, MOST_ENTRIES)
          .map((code) => entry(code, categories[code] || "(empty)", counts[code]!))}
        {missing > 0 && needle === "" && entry(NO_CATEGORY, "no value", missing)}
      </ul>
      {found.length === 0 && <p class="note">No category has this in its name.</p>}
      {found.length > MOST_ENTRIES && <p class="note">and {formatCount(found.length - MOST_ENTRIES)} more</p>}
    </div>
  );
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
