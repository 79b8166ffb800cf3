import { useSignal } from "@preact/signals";
import type { Manifest, Measure, Projection } from "../bundle/index.ts";
import { frameOf, sequenceOf } from "../state/timeline.ts";
import type { ViewState } from "../state.ts";
import { captionOf } from "../timeline/words.ts";
import { ChevronIcon } from "./icons.tsx";
import { basisOf, errorOf, meaningOf, orderOf, scoreOf } from "./measures.ts";

type Shown = Pick<Projection, "title" | "quality"> & { name: string | null };

interface Props {
  manifest: Manifest;
  state: ViewState;
}

/** How true the projection on the screen is to the data, measure by measure, and beside it the other projections. */
export function Quality({ manifest, state }: Props) {
  const current = shownOf(manifest, state);
  if (!current?.quality || Object.keys(current.quality).length === 0) return null;
  const shown = state.qualityShown.value;
  return (
    <section class="quality panel" aria-label={`Quality of ${current.title}`} data-testid="quality">
      <button
        type="button"
        class="quality-head"
        aria-expanded={shown}
        title={shown ? "Fold (Q)" : "Unfold (Q)"}
        onClick={() => {
          state.qualityShown.value = !shown;
        }}
      >
        <span class="label">Quality</span>
        {!shown && <Glance quality={current.quality} />}
        <ChevronIcon />
      </button>
      {shown && <Measures projection={current} manifest={manifest} />}
    </section>
  );
}

/** What is on the screen: a projection, or the frame of a sequence that is nearest. */
function shownOf(manifest: Manifest, { projection, timeline }: ViewState): Shown | undefined {
  const sequence = sequenceOf(manifest, timeline);
  if (!sequence) return manifest.projections.find(({ name }) => name === projection.value);
  const frame = frameOf(sequence, timeline);
  return { name: null, title: captionOf(sequence, frame), quality: frame.quality };
}

/** The scores as small bars: what a folded panel still tells. */
function Glance({ quality }: { quality: Record<string, Measure> }) {
  return (
    <span class="glance" aria-hidden="true">
      {orderOf(Object.keys(quality)).map((measure) => (
        <i key={measure} style={{ height: percent(quality[measure]!.value) }} />
      ))}
    </span>
  );
}

function Measures({ projection, manifest }: { projection: Shown; manifest: Manifest }) {
  const told = useSignal<string | null>(null);
  const quality = projection.quality!;
  const measures = orderOf(Object.keys(quality));
  const words = told.value !== null && quality[told.value] ? meaningOf(told.value).words : "";
  const tell = (measure: string | null) => () => {
    told.value = measure;
  };
  return (
    <div class="quality-body">
      <ul class="measures" onPointerLeave={tell(null)}>
        {measures.map((measure) => (
          <li key={measure}>
            <button
              type="button"
              class="measure"
              onPointerEnter={tell(measure)}
              onFocus={tell(measure)}
              onBlur={tell(null)}
              onClick={tell(measure)}
            >
              <span class="measure-name">{meaningOf(measure).name}</span>
              <Track
                measure={measure}
                score={quality[measure]!}
                others={othersOf(manifest, projection, measure)}
              />
              <span class="measure-score">{scoreOf(quality[measure]!)}</span>
              <span class="measure-error" aria-hidden="true">
                {errorOf(quality[measure]!)}
              </span>
              <span class="unseen">{restOf(measure, quality[measure]!)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="note quality-words">{words || basisOf(Object.values(quality), manifest.knn)}</p>
    </div>
  );
}

/** A line from 0 to 1 with the score on it, a notch where chance is, and a ring for each other projection. */
function Track({ measure, score, others }: { measure: string; score: Measure; others: readonly number[] }) {
  const { chance } = meaningOf(measure);
  const reach = 2 * (score.error ?? 0);
  return (
    <span class="track">
      {chance > 0 && <i class="chance" style={{ left: percent(chance) }} />}
      {others.map((value, k) => (
        <i key={k} class="other" style={{ left: percent(value) }} />
      ))}
      <i
        class="spread"
        style={{ left: percent(score.value - reach), right: percent(1 - score.value - reach) }}
      />
      <i class="score" style={{ left: percent(score.value) }} />
    </span>
  );
}

function othersOf({ projections }: Manifest, current: Shown, measure: string): number[] {
  const others = projections.filter(({ name }) => name !== current.name);
  return others.flatMap(({ quality }) => quality?.[measure]?.value ?? []);
}

/** What a reader hears after a measure's name and score. */
function restOf(measure: string, score: Measure): string {
  const error = score.error ? `Standard error ${score.error.toFixed(3)}. ` : "";
  return error + meaningOf(measure).words;
}

/** A share as a place on its line, kept on it whatever it is. */
function percent(share: number): string {
  return `${100 * Math.min(1, Math.max(0, share))}%`;
}
