// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
import type { Bars, Chart, Points } from "../../sql/chart.ts";
import { countOf, formatCount, formatValue } from "../format.ts";

/** An answer as a drawing; the table says the same in numbers. */
export function SqlChart({ chart }: { chart: Chart }) {
  return chart.kind === "bars" ? <BarList {...chart} /> : <Plot {...chart} />;
}

function BarList({ x, y, bars, left }: Bars) {
  return (
    <section class="sql-scroll" tabIndex={0} aria-label={`${y} by ${x}`}>
      <ol class="sql-bars">
        {bars.map(({ name, value, length }, at) => (
          <li key={at}>
            <span class="sql-name">{name}</span>
            <span class="sql-bar" aria-hidden="true">
              <span data-negative={value < 0} style={{ width: `${100 * length}%` }} />
            </span>
            <span class="number">{amount(value)}</span>
          </li>
        ))}
      </ol>
      {left > 0 && <p class="note">{countOf(left, "more row")}, not drawn.</p>}
    </section>
  );
}

/** Strokes keep their width however the drawing is stretched, so that a stroke without length is a round dot. */
function Plot({ kind, x, y, points, xEnds, yEnds }: Points) {
  const at = ([across, up]: readonly [number, number]) => `${fixed(100 * across)} ${fixed(100 - 100 * up)}`;
  const path =
    kind === "line" ? `M${points.map(at).join("L")}` : points.map((point) => `M${at(point)}h0`).join("");
  return (
    <figure class="sql-plot">
      <figcaption>
        {y} by {x}
      </figcaption>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={`${y} by ${x}`}>
        <path d={path} class={kind} vector-effect="non-scaling-stroke" />
      </svg>
      <span class="high">{amount(yEnds[1])}</span>
      <span class="low">{amount(yEnds[0])}</span>
      <span class="first">{endText(xEnds[0])}</span>
      <span class="last">{endText(xEnds[1])}</span>
    </figure>
  );
}

function amount(value: number): string {
  return Math.abs(value) >= 1000 || Number.isInteger(value)
    ? formatCount(Math.round(value))
    : String(Number(value.toPrecision(4)));
}

function endText(value: unknown): string {
  return formatValue(value, typeof value === "string" ? "time" : "number") ?? "";
}

function fixed(value: number): string {
  return String(Number(value.toFixed(2)));
}
