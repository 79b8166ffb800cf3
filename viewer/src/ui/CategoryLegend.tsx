import type { CategoryColoring } from "../data/coloring.ts";
import { NO_CATEGORY } from "../data/coloring.ts";
import { cssOf, type Rgb } from "../data/oklab.ts";
import { categoryColor, MISSING, PALETTE_SIZE } from "../data/palette.ts";
import { isolate, type ViewState } from "../state.ts";
import { formatCount } from "./format.ts";

interface Props {
  coloring: CategoryColoring;
  state: ViewState;
}

/** Categories with their counts; a click isolates one, with Shift one more, and a second click brings all back. */
export function CategoryLegend({ coloring, state }: Props) {
  const { categories, counts, missing } = coloring.column;
  const theme = state.theme.value;
  const isolated = state.isolated.value;
  const most = Math.max(1, missing, ...counts);
  const entry = (code: number, name: string, count: number, color: Rgb) => (
    <Entry
      key={code}
      name={name}
      count={count}
      share={count / most}
      color={cssOf(color)}
      pressed={isolated.has(code)}
      dim={isolated.size > 0 && !isolated.has(code)}
      onIsolate={(add) => isolate(state, code, add)}
    />
  );
  return (
    <div class="legend" data-testid="legend">
      <ul class="entries" aria-label={`Categories of ${coloring.title}`}>
        {categories.map((name, code) => entry(code, name, counts[code] ?? 0, categoryColor(code, theme)))}
        {missing > 0 && entry(NO_CATEGORY, "no value", missing, MISSING[theme])}
      </ul>
      {categories.length > PALETTE_SIZE && (
        <p class="note">The first {PALETTE_SIZE} have colours of their own; isolate to find the others.</p>
      )}
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
        <span class="entry-bar" style={{ width: `${share * 100}%`, background: color }} aria-hidden="true" />
      </button>
    </li>
  );
}
