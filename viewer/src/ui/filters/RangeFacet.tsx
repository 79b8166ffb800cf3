import { useState } from "preact/hooks";
import type { NumberColumn, TimeColumn } from "../../bundle/index.ts";
import type { RangeFacet as Facet } from "../../data/filter/facet.ts";
import { filterOf, type RangeFilter } from "../../data/filter/rules.ts";
import { numberTicks, timeTicks } from "../../data/ticks.ts";
import { inMilliseconds } from "../../data/times.ts";
import { draftFilter, type FacetState, type FilterState, rulesNow, setFilter } from "../../state/filters.ts";
import { formatCount } from "../format.ts";
import { Brush } from "./Brush.tsx";
import { boundText, readBound } from "./words.ts";

type Column = NumberColumn | TimeColumn;

interface Props {
  column: Column;
  facet: Facet;
  state: FacetState;
  filters: FilterState;
}

/** The values of numbers or times as a histogram: drawing over it keeps a stretch. */
export function RangeFacet({ column, facet, state, filters }: Props) {
  const { total } = facet;
  const counts = state.counts.value ?? total;
  const filter = filterOf(rulesNow(filters), column.name) as RangeFilter | null;
  const range = filter?.range ?? null;
  const withRange = (next: RangeFilter["range"]): RangeFilter | null => {
    const missing = filter?.missing ?? false;
    if (next === null && !missing) return null;
    return { kind: "range", column: column.name, range: next, missing, not: filter?.not ?? false };
  };
  return (
    <div class="range-facet">
      <Brush
        column={column}
        scale={facet.scale}
        bins={total.length - 1}
        range={range}
        onDraft={(next) => draftFilter(filters, column.name, withRange(next))}
        onDone={(next) => setFilter(filters, column.name, withRange(next))}
      >
        <Bars total={total} counts={counts} />
      </Brush>
      <Axis column={column} facet={facet} />
      {range && (
        <Bounds
          column={column}
          range={range}
          onRange={(next) => setFilter(filters, column.name, withRange(next))}
        />
      )}
      {column.missing > 0 && (
        <Missing column={column} count={counts.at(-1)!} filter={filter} filters={filters} />
      )}
    </div>
  );
}

/** All items faintly, and before them those that the other filters leave: each by its own scale, for shapes are compared. */
function Bars({ total, counts }: { total: Uint32Array; counts: Uint32Array }) {
  return (
    <svg class="bars" viewBox={`0 0 ${total.length - 1} 1`} preserveAspectRatio="none" aria-hidden="true">
      <path class="bars-all" d={barPath(total)} />
      <path class="bars-left" d={barPath(counts)} />
    </svg>
  );
}

/** Bars one unit wide, the tallest one unit high; what is there at all can be seen. */
function barPath(counts: Uint32Array): string {
  const most = counts.subarray(0, -1).reduce((a, b) => Math.max(a, b), 1);
  let path = "";
  for (let k = 0; k < counts.length - 1; k++) {
    const count = counts[k]!;
    if (count === 0) continue;
    const top = 1 - Math.max(count / most, 0.025);
    path += `M${k + 0.06} 1V${top.toFixed(4)}H${k + 0.94}V1Z`;
  }
  return path;
}

function Axis({ column, facet: { scale } }: { column: Column; facet: Facet }) {
  const ticks = column.kind === "time" ? timeTicks(inMilliseconds(scale, column)) : numberTicks(scale);
  return (
    <div class="ticks" aria-hidden="true">
      {ticks.map(({ at, text }) => (
        <span key={at} class="tick" style={{ left: `${at * 100}%`, transform: `translateX(${-at * 100}%)` }}>
          {text}
        </span>
      ))}
    </div>
  );
}

interface BoundsProps {
  column: Column;
  range: NonNullable<RangeFilter["range"]>;
  onRange: (range: NonNullable<RangeFilter["range"]>) => void;
}

/** The bounds to the digit, to be read and typed. */
function Bounds({ column, range, onRange }: BoundsProps) {
  const field = (side: 0 | 1, name: string) => (
    <Bound
      key={`${side} ${range[side]}`}
      name={`${column.title}, ${name}`}
      hint={column.kind === "time" ? "2015-02-17" : side === 0 ? "least" : "most"}
      text={boundText(range[side], column)}
      read={(text) => readBound(text, column)}
      onBound={(bound) => {
        const next: [number | null, number | null] = [...range];
        next[side] = bound;
        if (next[0] !== null && next[1] !== null && next[0] > next[1]) next.reverse();
        onRange(next);
      }}
    />
  );
  return (
    <div class="bounds">
      {field(0, "from")}
      <span aria-hidden="true">to</span>
      {field(1, "to")}
    </div>
  );
}

interface BoundProps {
  name: string;
  hint: string;
  text: string;
  read: (text: string) => number | null | undefined;
  onBound: (bound: number | null) => void;
}

function Bound({ name, hint, text, read, onBound }: BoundProps) {
  const [wrong, setWrong] = useState(false);
  return (
    <input
      type="text"
      class="bound"
      inputMode="text"
      aria-label={name}
      aria-invalid={wrong}
      title={wrong ? `Not understood; write it like ${hint}` : undefined}
      placeholder="open"
      value={text}
      onChange={({ currentTarget }) => {
        const bound = read(currentTarget.value);
        setWrong(bound === undefined);
        if (bound !== undefined) onBound(bound);
      }}
    />
  );
}

interface MissingProps {
  column: Column;
  count: number;
  filter: RangeFilter | null;
  filters: FilterState;
}

/** Items without a value: kept alone, or beside a stretch. */
function Missing({ column, count, filter, filters }: MissingProps) {
  const pressed = filter?.missing ?? false;
  const toggle = () => {
    const next: RangeFilter = {
      kind: "range",
      column: column.name,
      range: filter?.range ?? null,
      missing: !pressed,
      not: filter?.not ?? false,
    };
    setFilter(filters, column.name, next);
  };
  return (
    <button type="button" class="value missing" aria-pressed={pressed} onClick={toggle}>
      <span class="value-name">no value</span>
      <span class="value-count">{formatCount(count)}</span>
    </button>
  );
}
