import { effect, type ReadonlySignal } from "@preact/signals";
import { clearOfTitle } from "./clear.ts";
import { ROOMY_FOR_TWO, wide } from "./wide.ts";

interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

const MARGIN = 16;
/** What the search takes below the title while nothing is searched for: where it unfolds, the map stays. */
const SEARCH = 82;
/** A map of less than this across is not worth to be kept clear of the tools. */
const LEAST_MAP = 300;

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
  const tools = panels.querySelector<HTMLElement>(".instruments")!;
  const timeline = panels.querySelector<HTMLElement>(".timeline-place")!;
  const boxOf = (element: HTMLElement) => element.getBoundingClientRect();
  const measure = () => {
    const drawer = Number.parseFloat(document.documentElement.style.getPropertyValue("--drawer")) || 0;
    const sheet = wide.peek() ? null : panels.querySelector<HTMLElement>(".details");
    const foot = Math.max(drawer, sheet ? innerHeight - boxOf(sheet).top : 0);
    const end = drawer > 0 ? leftOf(boxOf(tools), boxOf(workbench)) : boxOf(workbench).left;
    const insets = insetsOf(boxOf(cartouche), end, boxOf(workbench), boxOf(timeline), foot);
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

/** Where the panels on the right begin: the tools may stand beside the workbench, and count where that leaves a map. */
function leftOf(tools: DOMRect, workbench: DOMRect): number {
  const room = tools.left - (innerWidth - workbench.left);
  return tools.right <= workbench.left && room >= LEAST_MAP ? tools.left : workbench.left;
}

/** @param end where the panels on the right begin. */
function insetsOf(
  cartouche: DOMRect,
  end: number,
  workbench: DOMRect,
  timeline: DOMRect,
  sheets: number,
): Insets {
  const foot = Math.max(timeline.height > 0 ? innerHeight - timeline.top : 0, sheets);
  if (wide.peek()) {
    const [column, right] = [innerWidth - workbench.left, innerWidth - end];
    const bottom = Math.max(MARGIN, foot);
    const ends = cartouche.bottom + SEARCH;
    return { ...clearOfTitle(column, right, ends, innerWidth, innerHeight - bottom, MARGIN), bottom, right };
  }
  return { top: cartouche.bottom, bottom: Math.max(innerHeight - workbench.top, foot), left: 0, right: 0 };
}
