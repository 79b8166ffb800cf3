import { useRef } from "preact/hooks";
import type { Atlas } from "../app.ts";
import type { Sequence } from "../bundle/index.ts";
import { changeSpeed, frameOf, SPEEDS, sequenceOf } from "../state/timeline.ts";
import { project } from "../state.ts";
import { captionOf, kindOf, positionText } from "../timeline/words.ts";
import { BackIcon, CloseIcon, LoopIcon, NextIcon, PauseIcon, PlayIcon } from "./icons.tsx";
import { QualityStrip } from "./QualityStrip.tsx";

/** Frames up to this many have their names below the slider; of more, the ends'. */
const MOST_NAMES = 12;

/** The sequence that is shown: play it, step through it, scrub it, and see how true each frame is. */
export function Timeline({ atlas }: { atlas: Atlas }) {
  const sequence = sequenceOf(atlas.bundle.manifest, atlas.state.timeline);
  return (
    <div class="timeline-place">
      {sequence && (
        <section
          class="timeline panel"
          aria-label={`Timeline: ${sequence.title}`}
          data-testid="timeline"
          data-waiting={atlas.state.timeline.waiting.value}
        >
          <Transport atlas={atlas} sequence={sequence} />
          <div class="timeline-course">
            <Caption atlas={atlas} sequence={sequence} />
            <QualityStrip sequence={sequence} timeline={atlas.state.timeline} />
            <Slider atlas={atlas} sequence={sequence} />
            <Names sequence={sequence} atlas={atlas} />
          </div>
        </section>
      )}
    </div>
  );
}

type Props = { atlas: Atlas; sequence: Sequence };

function Transport({ atlas, sequence }: Props) {
  const { player, state } = atlas;
  const { playing } = state.timeline;
  const alone = sequence.frames.length === 1;
  return (
    <div class="transport">
      <button
        type="button"
        class="play"
        disabled={alone}
        onClick={() => player.toggle()}
        aria-label={playing.value ? "Pause" : "Play"}
        title={`${playing.value ? "Pause" : "Play"} (Space)`}
      >
        {playing.value ? <PauseIcon /> : <PlayIcon />}
      </button>
      <div class="steps">
        <button
          type="button"
          class="quiet"
          disabled={alone}
          onClick={() => player.step(-1)}
          aria-label="Frame before"
          title="Frame before (,)"
        >
          <BackIcon />
        </button>
        <button
          type="button"
          class="quiet"
          disabled={alone}
          onClick={() => player.step(1)}
          aria-label="Next frame"
          title="Next frame (.)"
        >
          <NextIcon />
        </button>
      </div>
    </div>
  );
}

/** What the frame is, and how it is played. */
function Caption({ atlas, sequence }: Props) {
  const { state } = atlas;
  const { timeline } = state;
  const { loop, speed } = timeline;
  const fastest = speed.value === SPEEDS.at(-1);
  return (
    <header class="timeline-caption">
      <h2 title={kindOf(sequence).words}>{captionOf(sequence, frameOf(sequence, timeline))}</h2>
      <span class="timeline-tools">
        <button
          type="button"
          class="quiet speed"
          onClick={() => {
            if (fastest) speed.value = SPEEDS[0];
            else changeSpeed(timeline, 1);
          }}
          aria-label={`Speed: ${speed.value} frames a second`}
          title="Speed, frames a second (< and >)"
        >
          {speed.value === 0.25 ? "¼" : speed.value === 0.5 ? "½" : speed.value}×
        </button>
        <button
          type="button"
          class="quiet"
          aria-pressed={loop.value}
          onClick={() => {
            loop.value = !loop.value;
          }}
          aria-label="Play back and forth"
          title="Play back and forth (U)"
        >
          <LoopIcon />
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => project(state, state.projection.value)}
          aria-label="Leave the sequence"
          title="Leave the sequence (F)"
        >
          <CloseIcon />
        </button>
      </span>
    </header>
  );
}

/** Moves between frames as the hand does, and from frame to frame by keys. */
function Slider({ atlas, sequence }: Props) {
  const { player, state } = atlas;
  const { at } = state.timeline;
  const input = useRef<HTMLInputElement>(null);
  const last = sequence.frames.length - 1;
  const share = last === 0 ? 0 : at.value / last;
  return (
    <div class="timeline-slider" style={{ "--share": share }}>
      <input
        ref={input}
        type="range"
        min={0}
        max={Math.max(last, 1)}
        step="any"
        disabled={last === 0}
        value={at.value}
        aria-label={`${sequence.title}: frame`}
        aria-valuetext={positionText(sequence, frameOf(sequence, state.timeline))}
        onInput={() => player.scrub(Number(input.current!.value))}
        onChange={() => player.release()}
        onKeyDown={(event) => {
          const to = frameForKey(event.key, Math.round(at.value), last);
          if (to === null) return;
          event.preventDefault();
          event.stopPropagation();
          if (Math.abs(to - at.value) <= 1.5) player.step(to > at.value ? 1 : -1);
          else player.goTo(to);
        }}
      />
    </div>
  );
}

/** Which frame a key on the slider asks for; null where it asks for none. */
export function frameForKey(key: string, at: number, last: number): number | null {
  const far = Math.max(1, Math.round(last / 10));
  const targets: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    PageDown: at - far,
    PageUp: at + far,
    Home: 0,
    End: last,
  };
  const to = targets[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), last);
}

/** The frames' names where there is room for them; a click goes there. */
function Names({ atlas, sequence }: Props) {
  const { frames } = sequence;
  const last = frames.length - 1;
  const all = frames.length <= MOST_NAMES;
  const current = frameOf(sequence, atlas.state.timeline);
  return (
    <div class="timeline-names" aria-hidden="true">
      {frames.map((frame, k) =>
        all || k === 0 || k === last ? (
          <button
            type="button"
            key={k}
            tabIndex={-1}
            class={frame === current ? "current" : ""}
            style={{ left: `${last === 0 ? 0 : (100 * k) / last}%` }}
            onClick={() => atlas.player.goTo(k)}
          >
            {frame.name}
          </button>
        ) : null,
      )}
    </div>
  );
}
