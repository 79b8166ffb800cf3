import { useState } from "preact/hooks";
import type { CategoryColumn } from "../../bundle/index.ts";
import { NO_CATEGORY } from "../../data/category.ts";
import type { CategoryFacet as Facet } from "../../data/filter/facet.ts";
import { filterOf } from "../../data/filter/rules.ts";
import { type FacetState, type FilterState, rulesNow, toggleValue } from "../../state/filters.ts";
import { formatCount } from "../format.ts";
import { nameOf } from "./words.ts";

interface Props {
  column: CategoryColumn;
  facet: Facet;
  state: FacetState;
  filters: FilterState;
}

/** As many are always shown; of more, so many at first; and when all are asked for, beyond which they are found by name. */
const [ALWAYS, FEW, MANY] = [12, 8, 200];

/** A column's categories as bars: a click keeps one, another one more. */
export function CategoryFacet({ column, facet, state, filters }: Props) {
  const [wanted, setWanted] = useState("");
  const [all, setAll] = useState(false);
  const { total } = facet;
  const counts = state.counts.value ?? total;
  const filter = filterOf(rulesNow(filters), column.name);
  const kept = filter?.kind === "values" ? filter.codes : [];
  const needle = wanted.trim().toLocaleLowerCase();
  const found = listed(column, total).filter((code) =>
    nameOf(column, code).toLocaleLowerCase().includes(needle),
  );
  const limit = all || needle !== "" || found.length <= ALWAYS ? MANY : FEW;
  const first = found.slice(0, limit);
  const beyond = found.slice(limit).filter((code) => kept.includes(code));
  const shown = [...beyond, ...first]; // what is kept is in sight
  const most = total.reduce((a, b) => Math.max(a, b), 1);
  const rest = found.length - shown.length;
  return (
    <div class="category-facet">
      {column.categories.length > ALWAYS && (
        <input
          type="search"
          class="find"
          placeholder={`Find among ${formatCount(column.categories.length)}`}
          aria-label={`Find among the categories of ${column.title}`}
          value={wanted}
          onInput={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      )}
      <ul class="values" aria-label={`Categories of ${column.title}`}>
        {shown.map((code) => {
          const at = code === NO_CATEGORY ? total.length - 1 : code;
          return (
            <Value
              key={code}
              name={nameOf(column, code)}
              count={counts[at]!}
              share={counts[at]! / most}
              of={total[at]! / most}
              pressed={kept.includes(code)}
              faint={kept.length > 0 && kept.includes(code) === filter!.not}
              onToggle={() => toggleValue(filters, column.name, code)}
            />
          );
        })}
      </ul>
      {found.length === 0 && <p class="note">No category has this in its name.</p>}
      {rest > 0 && limit === MANY && <p class="note">and {formatCount(rest)} more</p>}
      {(all || (rest > 0 && limit === FEW)) && needle === "" && (
        <button type="button" class="more" onClick={() => setAll(!all)}>
          {all ? "Fewer" : `Show ${formatCount(Math.min(rest, MANY))} more`}
        </button>
      )}
    </div>
  );
}

/** Codes in the order to list them: few as the column has them, many by size; what has no value comes last. */
function listed({ categories, missing }: CategoryColumn, total: Uint32Array): number[] {
  const codes = categories.map((_, code) => code);
  if (codes.length > ALWAYS) codes.sort((a, b) => total[b]! - total[a]! || a - b);
  return missing > 0 ? [...codes, NO_CATEGORY] : codes;
}

interface ValueProps {
  name: string;
  count: number;
  /** Lengths of the bars, of those left and of all, as parts of the longest. */
  share: number;
  of: number;
  pressed: boolean;
  faint: boolean;
  onToggle: () => void;
}

function Value({ name, count, share, of, pressed, faint, onToggle }: ValueProps) {
  return (
    <li>
      <button type="button" class={faint ? "value faint" : "value"} aria-pressed={pressed} onClick={onToggle}>
        <span class="value-name">{name}</span>
        <span class="value-count">{formatCount(count)}</span>
        <span class="value-bar" aria-hidden="true">
          <span class="bar-all" style={{ width: `${of * 100}%` }} />
          <span class="bar-left" style={{ width: `${share * 100}%` }} />
        </span>
      </button>
    </li>
  );
}
