import { useEffect, useRef } from "preact/hooks";
import type { Atlas } from "../app.ts";
import { Beside } from "../compare/beside.ts";
import { layoutsOf } from "../compare/place.ts";
import { CloseIcon, LinkIcon } from "./icons.tsx";

const stillSystem = matchMedia("(prefers-reduced-motion: reduce)");

/** The second map, where one is asked for. */
export function BesideMap({ atlas }: { atlas: Atlas }) {
  const shown = atlas.state.compare.beside.value !== null;
  return shown ? <Second atlas={atlas} /> : null;
}

function Second({ atlas }: { atlas: Atlas }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const labels = useRef<HTMLElement>(null);
  useEffect(() => {
    let beside: Beside;
    try {
      beside = new Beside(atlas, canvas.current!, labels.current!, stillSystem.matches);
    } catch (error) {
      atlas.state.compare.beside.value = null; // no second WebGL context: one map is better than none
      atlas.tell("The second map", error as Error);
      return undefined;
    }
    atlas.beside.value = beside;
    return () => {
      atlas.beside.value = null;
      beside.dispose();
    };
  }, [atlas]);
  const { manifest } = atlas.bundle;
  const { compare } = atlas.state;
  const layouts = layoutsOf(manifest);
  const title = layouts.find(({ name }) => name === compare.beside.value)?.title ?? "";
  return (
    <>
      <div class="map beside">
        {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: as the first map's */}
        <canvas
          ref={canvas}
          role="application"
          aria-label={`Second map of ${manifest.title}, ${title}`}
          aria-describedby="summary"
        />
        <section ref={labels} class="map-labels" aria-label="Names on the second map" />
      </div>
      <div class="beside-head panel">
        <select
          class="choice"
          aria-label="Layout of the second map"
          value={compare.beside.value ?? ""}
          onChange={(event) => {
            compare.beside.value = event.currentTarget.value;
          }}
        >
          {layouts.map(({ name, title: text }) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </select>
        <button
          type="button"
          class="quiet"
          aria-pressed={compare.linked.value}
          onClick={() => {
            compare.linked.value = !compare.linked.value;
          }}
          aria-label="Move both maps together"
          title="Move both maps together (J)"
        >
          <LinkIcon />
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            compare.beside.value = null;
          }}
          aria-label="Close the second map"
          title="Close the second map (\)"
        >
          <CloseIcon />
        </button>
      </div>
    </>
  );
}
