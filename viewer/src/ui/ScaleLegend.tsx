import type { ScaleColoring } from "../data/coloring.ts";
import { filterOf, type RangeFilter } from "../data/filter/rules.ts";
import { cssOf } from "../data/oklab.ts";
import { type Dress, rampColor } from "../data/palette.ts";
import { SCALE_KINDS } from "../data/scale.ts";
import { draftFilter, rulesNow, setFilter } from "../state/filters.ts";
import type { ViewState } from "../state.ts";
import type { Theme } from "../theme.ts";
import { Brush } from "./filters/Brush.tsx";
import { SCALE_NAMES } from "./filters/words.ts";
import { countOf } from "./format.ts";

interface Props {
  coloring: ScaleColoring;
  state: ViewState;
}

const [WIDTH, HEIGHT] = [240, 44];

/**
 * A histogram in the ramp's own colours, the ramp below it, and round numbers to read it by; drawing over it keeps a
 * stretch, as on the Filters page.
 */
export function ScaleLegend({ coloring, state }: Props) {
  const { bins, ticks, column } = coloring;
  const from = ticks[0]?.text;
  const to = ticks.at(-1)?.text;
  const name = `Distribution of ${coloring.title}, from about ${from} to ${to}`;
  const bars = <Bars bins={bins} name={name} theme={state.theme.value} dress={state.colors.dress.value} />;
  return (
    <div class="legend scale-legend" data-testid="legend">
      {column.name.startsWith("~") ? bars : <Brushed coloring={coloring} state={state} bars={bars} />}
      <div class="ticks" aria-hidden="true">
        {ticks.map(({ at, text }) => (
          <span
            key={at}
            class="tick"
            style={{ left: `${at * 100}%`, transform: `translateX(${-at * 100}%)` }}
          >
            {text}
          </span>
        ))}
      </div>
      <ScaleChoice coloring={coloring} state={state} />
      <p class="note">{column.missing > 0 ? `${countOf(column.missing, "item")} without a value.` : ""}</p>
    </div>
  );
}

interface BarsProps {
  bins: Uint32Array;
  name: string;
  theme: Theme;
  dress: Dress;
}

function Bars({ bins, name, theme, dress }: BarsProps) {
  const most = Math.max(1, ...bins);
  const step = WIDTH / bins.length;
  return (
    <svg
      class="histogram"
      viewBox={`0 0 ${WIDTH} ${HEIGHT + 8}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={name}
    >
      {Array.from(bins, (count, k) => {
        const height = count === 0 ? 0 : Math.max(1.5, Math.sqrt(count / most) * HEIGHT);
        const color = cssOf(rampColor((k + 0.5) / bins.length, theme, dress));
        return (
          <g key={k} fill={color}>
            <rect x={k * step + 0.5} y={HEIGHT - height} width={step - 1} height={height} opacity="0.75" />
            <rect x={k * step} y={HEIGHT + 3} width={step + 0.3} height="5" />
          </g>
        );
      })}
    </svg>
  );
}

function Brushed({ coloring, state: { filters }, bars }: Props & { bars: preact.ComponentChild }) {
  const { column, scale, bins } = coloring;
  const filter = filterOf(rulesNow(filters), column.name) as RangeFilter | null;
  const withRange = (range: RangeFilter["range"]): RangeFilter | null =>
    range && { kind: "range", column: column.name, range, missing: false, not: filter?.not ?? false };
  return (
    <Brush
      column={column}
      scale={scale}
      bins={bins.length}
      range={filter?.range ?? null}
      onDraft={(range) => draftFilter(filters, column.name, withRange(range))}
      onDone={(range) => setFilter(filters, column.name, withRange(range))}
    >
      {bars}
    </Brush>
  );
}

function ScaleChoice({ coloring, state }: Props) {
  const { scale } = state.colors;
  return (
    <fieldset class="segments small scale-choice">
      <legend class="unseen">How {coloring.title} runs over the colours</legend>
      {SCALE_KINDS.map((kind) => (
        <label key={kind} class="segment">
          <input
            type="radio"
            name="color-scale"
            checked={coloring.scale.kind === kind}
            onChange={() => {
              scale.value = kind;
            }}
          />
          <span>{SCALE_NAMES[kind]}</span>
        </label>
      ))}
    </fieldset>
  );
}
