import type { ComponentChildren } from "preact";
import type { Atlas } from "../app.ts";
import type { Tab } from "../state.ts";
import { Appearance } from "./Appearance.tsx";
import { ColorPanel } from "./ColorPanel.tsx";
import { FiltersPage } from "./filters/FiltersPage.tsx";
import { ChevronIcon } from "./icons.tsx";
import { Looks } from "./Looks.tsx";
import { showPage, unfolded } from "./pages.ts";
import { Quality } from "./Quality.tsx";
import { SelectionPage } from "./selection/SelectionPage.tsx";
import { wide } from "./wide.ts";

interface Page {
  readonly tab: Tab;
  readonly title: string;
  readonly content: (atlas: Atlas) => ComponentChildren;
  /** A number beside the title, where there is something on the page that shows on the map. */
  readonly marks?: (atlas: Atlas) => number;
}

/** Every way to work on the map has a page. */
const PAGES: readonly Page[] = [
  { tab: "colours", title: "Colours", content: Colours },
  {
    tab: "filters",
    title: "Filters",
    content: (atlas) => <FiltersPage {...atlas} />,
    marks: ({ state }) => state.filters.rules.value.filters.length,
  },
  { tab: "selection", title: "Selection", content: (atlas) => <SelectionPage atlas={atlas} /> },
];

/** The panel beside the map. */
export function Workbench({ atlas }: { atlas: Atlas }) {
  const { tab } = atlas.state;
  const page = PAGES.find((one) => one.tab === tab.value) ?? PAGES[0]!;
  return (
    <section class="workbench panel" aria-label="Workbench" data-unfolded={unfolded.value}>
      <div class="workbench-head">
        <div class="tabs" role="tablist" aria-label="Workbench">
          {PAGES.map((one) => (
            <TabButton key={one.tab} page={one} atlas={atlas} pressed={one === page} />
          ))}
        </div>
        <button
          type="button"
          class="quiet fold"
          aria-expanded={unfolded.value}
          aria-label={unfolded.value ? "Fold the workbench" : "Unfold the workbench"}
          onClick={() => {
            unfolded.value = !unfolded.value;
          }}
        >
          <ChevronIcon />
        </button>
      </div>
      <div class="workbench-body" role="tabpanel" id="workbench-page" aria-label={page.title}>
        {page.content(atlas)}
      </div>
    </section>
  );
}

function TabButton({ page, atlas, pressed }: { page: Page; atlas: Atlas; pressed: boolean }) {
  const marks = page.marks?.(atlas) ?? 0;
  return (
    <button
      type="button"
      class="tab"
      role="tab"
      aria-selected={pressed}
      aria-controls="workbench-page"
      onClick={() => showPage(atlas.state, page.tab)}
    >
      {page.title}
      {marks > 0 && <span class="tab-marks">{marks}</span>}
    </button>
  );
}

function Colours({ bundle: { manifest }, state }: Atlas) {
  return (
    <>
      <ColorPanel manifest={manifest} state={state} />
      <Appearance manifest={manifest} state={state} />
      <Looks look={state.look} />
      {!wide.value && <Quality manifest={manifest} state={state} />}
    </>
  );
}
