import type { Sequence } from "../bundle/index.ts";
import { frameOf, type TimelineState } from "../state/timeline.ts";
import { measuresOf, type Strip, stripOf } from "../timeline/strip.ts";
import { errorOf, meaningOf, orderOf, scoreOf } from "./measures.ts";

interface Props {
  sequence: Sequence;
  timeline: TimelineState;
}

const HEIGHT = 30;
const WIDTH = 1000;
/** Room above and below the line, so that its band and its point are whole. */
const EDGE = 5;

/** How one measure of quality goes over the frames, above the slider, frame by frame. */
export function QualityStrip({ sequence, timeline }: Props) {
  const { frames } = sequence;
  const measures = orderOf(measuresOf(frames));
  if (measures.length === 0) return null;
  const measure = measures.includes(timeline.measure.value) ? timeline.measure.value : measures[0]!;
  const strip = stripOf(frames, measure);
  const current = frameOf(sequence, timeline);
  const score = current.quality?.[measure];
  const { name, words } = meaningOf(measure);
  return (
    <div class="strip">
      <div class="strip-head">
        <select
          class="choice"
          aria-label="Measure of quality"
          title={words}
          value={measure}
          onChange={(event) => {
            timeline.measure.value = event.currentTarget.value;
          }}
        >
          {measures.map((one) => (
            <option key={one} value={one}>
              {meaningOf(one).name}
            </option>
          ))}
        </select>
        <span class="strip-score">{score ? `${scoreOf(score)} ${errorOf(score)}` : "not measured"}</span>
      </div>
      <div class="strip-chart">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${name} over ${frames.length} frames, from ${strip.low.toFixed(3)} to ${strip.high.toFixed(3)}`}
        >
          <path class="strip-band" d={bandOf(strip)} />
          <path class="strip-line" d={lineOf(strip)} vector-effect="non-scaling-stroke" />
        </svg>
        {strip.heights.map(
          (height, k) =>
            height !== null && (
              <i
                key={k}
                class={frames[k] === current ? "strip-point current" : "strip-point"}
                style={{
                  left: `${xOf(k, frames.length) / (WIDTH / 100)}%`,
                  top: `${(100 * yOf(height)) / HEIGHT}%`,
                }}
              />
            ),
        )}
      </div>
    </div>
  );
}

function xOf(k: number, count: number): number {
  return count === 1 ? WIDTH / 2 : (WIDTH * k) / (count - 1);
}

function yOf(height: number): number {
  return HEIGHT - EDGE - height * (HEIGHT - 2 * EDGE);
}

/** The line through the frames that were measured. */
function lineOf({ heights }: Strip): string {
  const points = heights.flatMap((height, k) =>
    height === null ? [] : [`${xOf(k, heights.length)} ${yOf(height)}`],
  );
  return points.length > 1 ? `M${points.join("L")}` : "";
}

/** Two standard errors to either side. */
function bandOf({ heights, errors }: Strip): string {
  const at = (k: number, side: number) =>
    `${xOf(k, heights.length)} ${yOf((heights[k] ?? 0) + 2 * side * errors[k]!)}`;
  const measured = heights.flatMap((height, k) => (height === null ? [] : [k]));
  if (measured.length < 2) return "";
  return `M${[...measured.map((k) => at(k, 1)), ...measured.reverse().map((k) => at(k, -1))].join("L")}Z`;
}
