import type { Signal } from "@preact/signals";
import type { MapBundle } from "../bundle/index.ts";
import type { ViewState } from "../state.ts";
import { Appearance } from "./Appearance.tsx";
import { Cartouche } from "./Cartouche.tsx";
import { ColorPanel } from "./ColorPanel.tsx";
import { Details } from "./Details.tsx";
import { HoverCard } from "./HoverCard.tsx";
import { Instruments } from "./Instruments.tsx";
import type { SpriteOf } from "./item.ts";
import { KeySheet } from "./KeySheet.tsx";
import { Progress } from "./Progress.tsx";
import type { Rectangle } from "./place.ts";
import { Quality } from "./Quality.tsx";
import { wide } from "./wide.ts";

export interface PanelProps {
  bundle: MapBundle;
  state: ViewState;
  /** How many items are on the map already. */
  loaded: Signal<number>;
  /** What is in view, in words. */
  summary: Signal<string>;
  /** What could not be done; takes the summary's place for as long as it stands. */
  notice: Signal<string>;
  spriteOf: SpriteOf;
  boxOf: (item: number) => Rectangle | null;
  onZoom: (factor: number) => void;
  onHome: () => void;
  onFlyTo: (item: number) => void;
}

/** Everything that floats over the map. */
export function Panels({
  bundle,
  state,
  loaded,
  summary,
  notice,
  spriteOf,
  boxOf,
  onZoom,
  onHome,
  onFlyTo,
}: PanelProps) {
  const { manifest } = bundle;
  return (
    <>
      <Progress loaded={loaded.value} count={manifest.count} />
      <div class="left">
        <Cartouche manifest={manifest} state={state} />
        {wide.value && <Quality manifest={manifest} state={state} />}
        <Details bundle={bundle} state={state} spriteOf={spriteOf} onFlyTo={onFlyTo} />
      </div>
      <ColorPanel manifest={manifest} state={state}>
        <Appearance manifest={manifest} state={state} />
        {!wide.value && <Quality manifest={manifest} state={state} />}
      </ColorPanel>
      <Instruments state={state} onZoom={onZoom} onHome={onHome} />
      <p id="summary" class={notice.value ? "summary notice" : "summary"} role="status" aria-live="polite">
        {notice.value || summary.value}
      </p>
      <HoverCard bundle={bundle} state={state} spriteOf={spriteOf} boxOf={boxOf} />
      <KeySheet manifest={manifest} state={state} />
    </>
  );
}
