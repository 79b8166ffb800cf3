import type { ScaleColoring } from "../data/coloring.ts";
import { cssOf } from "../data/oklab.ts";
import { rampColor } from "../data/palette.ts";
import type { Theme } from "../theme.ts";
import { countOf } from "./format.ts";

interface Props {
  coloring: ScaleColoring;
  theme: Theme;
}

const [WIDTH, HEIGHT] = [240, 44];

/** A histogram in the ramp's own colours, the ramp below it, and round numbers to read it by. */
export function ScaleLegend({ coloring, theme }: Props) {
  const { bins, ticks, scale, column } = coloring;
  const most = Math.max(1, ...bins);
  const step = WIDTH / bins.length;
  const from = ticks[0]?.text;
  const to = ticks.at(-1)?.text;
  return (
    <div class="legend" data-testid="legend">
      <svg
        class="histogram"
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 8}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Distribution of ${coloring.title}, from about ${from} to ${to}`}
      >
        {Array.from(bins, (count, k) => {
          const height = count === 0 ? 0 : Math.max(1.5, Math.sqrt(count / most) * HEIGHT);
          const color = cssOf(rampColor((k + 0.5) / bins.length, theme));
          return (
            <g key={k} fill={color}>
              <rect x={k * step + 0.5} y={HEIGHT - height} width={step - 1} height={height} opacity="0.75" />
              <rect x={k * step} y={HEIGHT + 3} width={step + 0.3} height="5" />
            </g>
          );
        })}
      </svg>
      <div class="ticks" aria-hidden="true">
        {ticks.map(({ at, text }) => (
          <span
            key={text}
            class="tick"
            style={{ left: `${at * 100}%`, transform: `translateX(${-at * 100}%)` }}
          >
            {text}
          </span>
        ))}
      </div>
      <p class="note">
        {scale.log ? "Logarithmic. " : ""}
        {column.missing > 0 ? `${countOf(column.missing, "item")} without a value.` : ""}
      </p>
    </div>
  );
}
