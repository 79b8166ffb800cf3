import type { ComponentChild, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Manifest } from "../bundle/index.ts";
import { project, showSequence, type ViewState } from "../state.ts";
import { countOf } from "./format.ts";
import { SequenceIcon } from "./icons.tsx";

interface Props {
  manifest: Manifest;
  state: ViewState;
}

interface CartoucheProps extends Props {
  /** The address of the list of maps, where there is a server that has one. */
  list: string | null;
}

/** The map's title, as in the corner of an atlas's page, and the choice of projection below it. */
export function Cartouche({ manifest, state, list }: CartoucheProps) {
  const { projections, sequences } = manifest;
  const current = projections.find(({ name }) => name === state.projection.value) ?? projections[0];
  return (
    <header class="cartouche">
      <h1>{breakable(manifest.title)}</h1>
      <p class="cartouche-meta">
        {countOf(manifest.count, "item")}
        {projections.length + sequences.length === 1 && ` · ${current.title}`}
        {list !== null && (
          <>
            {" · "}
            <a class="link" href={list}>
              All maps
            </a>
          </>
        )}
      </p>
      {projections.length + sequences.length > 1 && <Projections manifest={manifest} state={state} />}
    </header>
  );
}

/** A title that may be parted where a file's name would be, before it is within a word. */
function breakable(title: string): ComponentChild[] {
  return title.split(/(?<=[_./-])(?=\w)/).flatMap((part, k) => (k > 0 ? [<wbr key={k} />, part] : [part]));
}

/** Every layout of the items: the projections, and the sequences that a timeline leads through. */
function Projections({ manifest, state }: Props) {
  const shown = state.timeline.sequence.value;
  const choice = useRef<HTMLFieldSetElement>(null);
  useScrolledTo(choice, shown ?? state.projection.value);
  return (
    <fieldset ref={choice} class="segments panel">
      <legend class="unseen">Projection</legend>
      {manifest.projections.map(({ name, title }, k) => (
        <label key={name} class="segment" title={k < 9 ? `${title} (key ${k + 1})` : title}>
          <input
            type="radio"
            name="projection"
            value={name}
            checked={shown === null && state.projection.value === name}
            onChange={() => project(state, name)}
          />
          <span>{title}</span>
        </label>
      ))}
      {manifest.sequences.map(({ name, title, frames }) => (
        <label
          key={`sequence ${name}`}
          class="segment"
          title={`${title}: ${countOf(frames.length, "frame")} (key F)`}
        >
          <input
            type="radio"
            name="projection"
            value={`sequence ${name}`}
            checked={shown === name}
            onChange={() => showSequence(state, name)}
          />
          <span>
            {title} <SequenceIcon />
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Keep what is chosen in sight: a phone shows some of the choice at a time. */
function useScrolledTo(choice: RefObject<HTMLElement | null>, chosen: string): void {
  useEffect(() => {
    const segment = choice.current?.querySelector("input:checked")?.parentElement;
    segment?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [chosen]);
}
