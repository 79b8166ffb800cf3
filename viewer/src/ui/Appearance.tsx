import type { Manifest } from "../bundle/index.ts";
import type { ViewState } from "../state.ts";

interface Props {
  manifest: Manifest;
  state: ViewState;
}

/** How the images are drawn: their size, and ink or whole tiles where the images allow both. */
export function Appearance({ manifest, state }: Props) {
  if (!manifest.sprites) return null;
  const style = state.sprites.value;
  const ink = (wanted: boolean) => (
    <label class="segment" title="Key S">
      <input
        type="radio"
        name="ink"
        checked={style.ink === wanted}
        onChange={() => {
          state.sprites.value = { ...style, ink: wanted };
        }}
      />
      <span>{wanted ? "Ink" : "Tiles"}</span>
    </label>
  );
  return (
    <section class="appearance" aria-label="Images">
      <label class="size">
        <span class="label">Image size</span>
        <input
          type="range"
          min="-1"
          max="1"
          step="0.05"
          value={Math.log2(style.size)}
          aria-valuetext={`${Math.round(style.size * 100)} %`}
          onInput={({ currentTarget }) => {
            state.sprites.value = { ...style, size: 2 ** Number(currentTarget.value) };
          }}
        />
      </label>
      {manifest.sprites.ink && (
        <fieldset class="segments small">
          <legend class="unseen">Draw images as</legend>
          {ink(true)}
          {ink(false)}
        </fieldset>
      )}
    </section>
  );
}
