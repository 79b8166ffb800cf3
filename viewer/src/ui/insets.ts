import { ROOMY, wide } from "./wide.ts";

interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

const MARGIN = 16;

/** Tell how much of the map's edges the panels cover, now and after each change of their size. */
export function keepInsets(panels: HTMLElement, tell: (insets: Insets) => void): void {
  const workbench = panels.querySelector<HTMLElement>(".workbench-head")!;
  const cartouche = panels.querySelector<HTMLElement>(".cartouche")!;
  const timeline = panels.querySelector<HTMLElement>(".timeline-place")!;
  const boxOf = (element: HTMLElement) => element.getBoundingClientRect();
  const measure = () => tell(insetsOf(boxOf(cartouche), boxOf(workbench), boxOf(timeline)));
  const observer = new ResizeObserver(measure);
  observer.observe(document.documentElement);
  observer.observe(cartouche);
  observer.observe(timeline);
  measure();
}

function insetsOf(cartouche: DOMRect, workbench: DOMRect, timeline: DOMRect): Insets {
  const foot = timeline.height > 0 ? innerHeight - timeline.top : 0;
  if (wide.peek()) {
    const right = innerWidth - workbench.left;
    const left = innerWidth >= ROOMY ? right : 0;
    return { top: MARGIN, bottom: Math.max(MARGIN, foot), left, right };
  }
  return { top: cartouche.bottom, bottom: Math.max(innerHeight - workbench.top, foot), left: 0, right: 0 };
}
