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
  const measure = () => tell(insetsOf(cartouche.getBoundingClientRect(), workbench.getBoundingClientRect()));
  const observer = new ResizeObserver(measure);
  observer.observe(document.documentElement);
  observer.observe(cartouche);
  measure();
}

function insetsOf(cartouche: DOMRect, workbench: DOMRect): Insets {
  if (wide.peek()) {
    const right = innerWidth - workbench.left;
    const left = innerWidth >= ROOMY ? right : 0;
    return { top: MARGIN, bottom: MARGIN, left, right };
  }
  return { top: cartouche.bottom, bottom: innerHeight - workbench.top, left: 0, right: 0 };
}
