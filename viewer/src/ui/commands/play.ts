import type { Manifest } from "../../bundle/index.ts";
import type { Command } from "../../commands.ts";
import { changeSpeed } from "../../state/timeline.ts";
import { project, showSequence, type ViewState } from "../../state.ts";

/** What keys ask of the timeline. */
export interface Playable {
  toggle(): void;
  step(by: 1 | -1): void;
}

/** Showing a sequence and moving through it; nothing on a map that has none. */
export function playCommands({ sequences }: Manifest, state: ViewState, player: Playable): Command[] {
  if (sequences.length === 0) return [];
  const { timeline } = state;
  const enabled = () => timeline.sequence.value !== null;
  const command = (title: string, shown: string[], keys: string[], run: Command["run"]): Command => ({
    title,
    group: "Play",
    keys,
    shown,
    enabled,
    run,
  });
  return [
    {
      title: "Show the frames of a sequence, or leave them",
      group: "Play",
      keys: ["f"],
      run: () => showNextSequence(sequences, state),
    },
    command("Play or pause", ["Space"], [" "], () => player.toggle()),
    command("Frame before or after", [",", "."], [",", "."], (key) => player.step(key === "." ? 1 : -1)),
    command("Slower or faster", ["<", ">"], ["<", ">"], (key) => changeSpeed(timeline, key === ">" ? 1 : -1)),
    command("Play back and forth", ["U"], ["u"], () => {
      timeline.loop.value = !timeline.loop.value;
    }),
  ];
}

/** The first sequence, the next, and after the last the projection again. */
function showNextSequence(sequences: Manifest["sequences"], state: ViewState): void {
  const { sequence } = state.timeline;
  const next = sequences[sequences.findIndex(({ name }) => name === sequence.value) + 1];
  if (next) showSequence(state, next.name);
  else project(state, state.projection.value);
}
