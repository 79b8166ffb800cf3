import type { Column } from "../../bundle/index.ts";
import { type Filter, filterOf } from "../../data/filter/rules.ts";
import { SCALE_KINDS } from "../../data/scale.ts";
import { type FacetState, type FilterState, rulesNow, setFilter } from "../../state/filters.ts";
import { ChevronIcon, CloseIcon } from "../icons.tsx";
import { CategoryFacet } from "./CategoryFacet.tsx";
import { RangeFacet } from "./RangeFacet.tsx";
import { SCALE_NAMES } from "./words.ts";

interface Props {
  state: FacetState;
  filters: FilterState;
}

/** One column: its title, what is done to it, and its values. */
export function FacetPanel({ state, filters }: Props) {
  const { column, unfolded } = state;
  const filter = filterOf(rulesNow(filters), column.name);
  const id = `facet-${filters.facets.indexOf(state)}`;
  return (
    <section class="facet" aria-labelledby={id} data-active={filter !== null}>
      <header class="facet-head">
        <button
          type="button"
          class="facet-title"
          id={id}
          aria-expanded={unfolded.value}
          onClick={() => {
            unfolded.value = !unfolded.value;
          }}
        >
          <ChevronIcon />
          <span>{column.title}</span>
        </button>
        {filter && <Sense column={column} filter={filter} filters={filters} />}
        {column.kind !== "category" && unfolded.value && <ScaleChoice state={state} />}
        {filter && (
          <button
            type="button"
            class="quiet"
            aria-label={`Clear the filter of ${column.title}`}
            title="Clear this filter"
            onClick={() => setFilter(filters, column.name, null)}
          >
            <CloseIcon />
          </button>
        )}
      </header>
      {unfolded.value && <Body state={state} filters={filters} />}
    </section>
  );
}

function Body({ state, filters }: Props) {
  const { column } = state;
  const facet = state.facet.value;
  if (state.trouble.value !== null) {
    return (
      <p class="note facet-trouble" role="alert">
        This column could not be loaded: {state.trouble.value}.
      </p>
    );
  }
  if (!facet)
    return <div class="facet-waiting" role="status" aria-label={`${column.title} is being loaded`} />;
  if (facet.kind === "category" && column.kind === "category")
    return <CategoryFacet column={column} facet={facet} state={state} filters={filters} />;
  if (facet.kind === "range" && column.kind !== "category")
    return <RangeFacet column={column} facet={facet} state={state} filters={filters} />;
  return null;
}

/** Whether the filter keeps what is marked, or the rest. */
function Sense({ column, filter, filters }: { column: Column; filter: Filter; filters: FilterState }) {
  return (
    <button
      type="button"
      class="sense"
      aria-pressed={filter.not}
      aria-label={`Keep the others of ${column.title}`}
      title={filter.not ? "Keeps all others; click to keep these" : "Keeps these; click to keep all others"}
      onClick={() => setFilter(filters, column.name, { ...filter, not: !filter.not })}
    >
      {filter.not ? "is not" : "is"}
    </button>
  );
}

function ScaleChoice({ state: { column, facet, scale } }: { state: FacetState }) {
  const shown = facet.value?.kind === "range" ? facet.value.scale.kind : "linear";
  return (
    <select
      class="choice axis-choice"
      aria-label={`Axis of ${column.title}`}
      value={scale.value ?? shown}
      onChange={({ currentTarget }) => {
        scale.value = SCALE_KINDS.find((kind) => kind === currentTarget.value);
      }}
    >
      {SCALE_KINDS.map((kind) => (
        <option key={kind} value={kind}>
          {SCALE_NAMES[kind]}
        </option>
      ))}
    </select>
  );
}
