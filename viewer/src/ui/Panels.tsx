import type { Atlas } from "../app.ts";
import { layoutsOf } from "../compare/place.ts";
import { toggleBeside } from "../state.ts";
import { BesideMap } from "./BesideMap.tsx";
import { Cartouche } from "./Cartouche.tsx";
import { Details } from "./Details.tsx";
import { Faces } from "./faces/Faces.tsx";
import { Chips } from "./filters/Chips.tsx";
import { DropTarget } from "./find/DropTarget.tsx";
import { Results } from "./find/Results.tsx";
import { SearchBox } from "./find/SearchBox.tsx";
import { HoverCard } from "./HoverCard.tsx";
import { Instruments } from "./Instruments.tsx";
import { KeySheet } from "./KeySheet.tsx";
import { KinPanel } from "./kin/KinPanel.tsx";
import { Links } from "./kin/Links.tsx";
import { lazy } from "./Lazy.tsx";
import { Minimap } from "./Minimap.tsx";
import { Progress } from "./Progress.tsx";
import type { Rectangle } from "./place.ts";
import { Quality } from "./Quality.tsx";
import { Outline } from "./selection/Outline.tsx";
import { ToolStack } from "./selection/ToolStack.tsx";
import { Timeline } from "./Timeline.tsx";
import { Workbench } from "./Workbench.tsx";
import { wide } from "./wide.ts";

const TableDrawer = lazy(() => import("./table/TableDrawer.tsx"));
const SqlDrawer = lazy(() => import("./sql/SqlDrawer.tsx"));
const PictureSheet = lazy(() => import("./PictureSheet.tsx"));

/** The square that a hovered item's image covers, on the map that the pointer is over. */
function boxOf({ view, beside, state }: Atlas, item: number): Rectangle | null {
  const second = beside.value?.boxOf(item, state.pointer.value);
  return second === undefined ? view.sight.spriteBox(item) : second;
}

/** Everything that floats over the map. */
export function Panels({ atlas }: { atlas: Atlas }) {
  const { bundle, records, state, view, steering, commands, loaded, summary, notice } = atlas;
  const { manifest } = bundle;
  const alike = (item: number) => {
    state.search.query.value = { by: "item", item };
  };
  return (
    <>
      <BesideMap atlas={atlas} />
      <Links atlas={atlas} />
      <Outline atlas={atlas} />
      <Progress loaded={loaded.value} count={manifest.count} />
      <div class="left">
        <Cartouche manifest={manifest} state={state} list={bundle.api && new URL("/", bundle.api).href} />
        <SearchBox atlas={atlas} />
        <Results atlas={atlas} />
        {wide.value && state.selected.value === null && state.search.query.value === null && (
          <Quality manifest={manifest} state={state} />
        )}
        <Details
          bundle={bundle}
          records={records}
          state={state}
          spriteOf={view.spriteOf}
          onFlyTo={(item) => steering.flyTo(item)}
          onAlike={manifest.knn ? alike : undefined}
        >
          {state.selected.value !== null && <KinPanel atlas={atlas} item={state.selected.value} />}
        </Details>
        <Minimap atlas={atlas} />
      </div>
      <Chips atlas={atlas} />
      <Workbench atlas={atlas} />
      <Timeline atlas={atlas} />
      <Instruments
        state={state}
        onZoom={(factor) => steering.zoomBy(factor)}
        onHome={() => steering.home()}
        onCompare={layoutsOf(manifest).length > 1 ? () => toggleBeside(manifest, state) : null}
      >
        <ToolStack atlas={atlas} />
      </Instruments>
      <p id="summary" class={notice.value ? "summary notice" : "summary"} role="status" aria-live="polite">
        {notice.value || summary.value}
      </p>
      <HoverCard
        bundle={bundle}
        records={records}
        state={state}
        spriteOf={view.spriteOf}
        boxOf={(item) => boxOf(atlas, item)}
      />
      <div class="drawer-place">
        {state.table.open.value && <TableDrawer atlas={atlas} />}
        {state.sql.offered.value && state.sql.open.value && <SqlDrawer atlas={atlas} />}
      </div>
      <Faces atlas={atlas} />
      <DropTarget atlas={atlas} />
      <KeySheet commands={commands} state={state} />
      {state.picture.shown.value && <PictureSheet atlas={atlas} />}
    </>
  );
}
