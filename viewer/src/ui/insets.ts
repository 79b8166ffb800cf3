import { effect, type ReadonlySignal } from "@preact/signals";
import { ROOMY, ROOMY_FOR_TWO, wide } from "./wide.ts";

interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

const MARGIN = 16;

/**
 * Tell how much of the map's edges the panels cover, now and after each change of their size.
 * @param pinned the item whose sheet covers the lower part of a phone.
 */
export function keepInsets(
  panels: HTMLElement,
  beside: ReadonlySignal<unknown>,
  pinned: ReadonlySignal<unknown>,
  tell: (first: Insets, second: Insets) => void,
): void {
  const workbench = panels.querySelector<HTMLElement>(".workbench-head")!;
  const cartouche = panels.querySelector<HTMLElement>(".cartouche")!;
  const timeline = panels.querySelector<HTMLElement>(".timeline-place")!;
  const boxOf = (element: HTMLElement) => element.getBoundingClientRect();
  const measure = () => {
    const drawer = Number.parseFloat(document.documentElement.style.getPropertyValue("--drawer")) || 0;
    const sheet = wide.peek() ? null : panels.querySelector<HTMLElement>(".details");
    const foot = Math.max(drawer, sheet ? innerHeight - boxOf(sheet).top : 0);
    const insets = insetsOf(boxOf(cartouche), boxOf(workbench), boxOf(timeline), foot);
    if (beside.peek() === null) tell(insets, insets);
    else tell(...sharedInsets(insets, panels));
  };
  const observer = new ResizeObserver(measure);
  observer.observe(document.documentElement);
  observer.observe(cartouche);
  observer.observe(timeline);
  observer.observe(panels.querySelector(".drawer-place")!);
  let watched: Element | null = null;
  effect(() => {
    void [beside.value, pinned.value];
    // Once the second map or the sheet is there:
    requestAnimationFrame(() => {
      const sheet = panels.querySelector(".details");
      if (watched && watched !== sheet) observer.unobserve(watched);
      if (sheet && watched !== sheet) observer.observe(sheet);
      watched = sheet;
      measure();
    });
  });
}

/** What of the edges is covered where two maps share the window: beside one another, on a phone above one another. */
function sharedInsets(insets: Insets, panels: HTMLElement): [Insets, Insets] {
  const head = panels.querySelector<HTMLElement>(".beside-head")?.getBoundingClientRect();
  if (!wide.peek()) {
    const below = head ? head.bottom - innerHeight / 2 : 0;
    return [
      { ...insets, bottom: MARGIN },
      { ...insets, top: below },
    ];
  }
  const belowHead = (head?.bottom ?? 0) + MARGIN;
  if (innerWidth >= ROOMY_FOR_TWO)
    return [
      { ...insets, right: 0 },
      { ...insets, left: 0, top: belowHead },
    ];
  const search = panels.querySelector<HTMLElement>(".search")?.getBoundingClientRect();
  const belowSearch = (search?.bottom ?? insets.top) + MARGIN; // title and search lie above the first map
  return [
    { ...insets, left: 0, right: 0, top: belowSearch },
    { ...insets, left: 0, right: 0, top: belowHead },
  ];
}

function insetsOf(cartouche: DOMRect, workbench: DOMRect, timeline: DOMRect, sheets: number): Insets {
  const foot = Math.max(timeline.height > 0 ? innerHeight - timeline.top : 0, sheets);
  if (wide.peek()) {
    const right = innerWidth - workbench.left;
    const left = innerWidth >= ROOMY ? right : 0;
    return { top: MARGIN, bottom: Math.max(MARGIN, foot), left, right };
  }
  return { top: cartouche.bottom, bottom: Math.max(innerHeight - workbench.top, foot), left: 0, right: 0 };
}
