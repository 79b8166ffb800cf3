import type { Atlas } from "../../app.ts";
import { MATCHES, type Match, MOST_FILTERS } from "../../data/filter/rules.ts";
import { clearFilters, type FilterState, invertFilters, rulesNow, setMatch } from "../../state/filters.ts";
import { countOf, formatCount } from "../format.ts";
import { FacetPanel } from "./FacetPanel.tsx";
import { HideDuplicates } from "./HideDuplicates.tsx";
import { MATCH_WORDS } from "./words.ts";

/** Every column, to filter by; each counts what the other filters leave. */
export function FiltersPage({ bundle: { manifest }, state: { filters } }: Atlas) {
  if (filters.facets.length === 0) {
    return (
      <p class="note page-note">This map has no columns to filter by, only its items and their places.</p>
    );
  }
  return (
    <div class="filters-page">
      <Head filters={filters} count={manifest.count} />
      <HideDuplicates manifest={manifest} filters={filters} />
      {filters.facets.map((facet) => (
        <FacetPanel key={facet.column.name} state={facet} filters={filters} />
      ))}
    </div>
  );
}

function Head({ filters, count }: { filters: FilterState; count: number }) {
  const rules = rulesNow(filters);
  const active = rules.filters.length;
  const matching = filters.matching.value ?? count;
  return (
    <div class="filters-head">
      <p class="filters-count" role="status">
        <strong>{formatCount(active === 0 ? count : matching)}</strong>{" "}
        {active === 0 ? "items, none filtered" : `of ${countOf(count, "item")}`}
      </p>
      <div class="share-line" aria-hidden="true">
        <span style={{ width: `${(100 * matching) / count}%` }} />
      </div>
      {active > 0 && (
        <div class="filters-acts">
          <label>
            <span class="unseen">Items that pass</span>
            <select
              class="choice match-choice"
              value={rules.match}
              onChange={({ currentTarget }) => setMatch(filters, currentTarget.value as Match)}
            >
              {MATCHES.map((match) => (
                <option key={match} value={match}>
                  {MATCH_WORDS[match]}
                </option>
              ))}
            </select>
          </label>
          <button type="button" class="text-button" title="Shift X" onClick={() => invertFilters(filters)}>
            Invert
          </button>
          <button type="button" class="text-button" title="Key X" onClick={() => clearFilters(filters)}>
            Clear all
          </button>
        </div>
      )}
      {active >= MOST_FILTERS && (
        <p class="note">No more than {MOST_FILTERS} columns are filtered at once.</p>
      )}
    </div>
  );
}
