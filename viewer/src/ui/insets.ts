interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** As wide as this, panels stand beside the map; narrower, above and below it. The style sheets say the same. */
const WIDE = "(min-width: 760px)";
/** As wide as this, the map can stand in the window's middle and still be clear of the panels. */
const ROOMY = 1200;
const MARGIN = 16;

/** Tell how much of the map's edges the panels cover, now and after each change of their size. */
export function keepInsets(panels: HTMLElement, tell: (insets: Insets) => void): void {
  const colors = panels.querySelector<HTMLElement>(".color-head")!;
  const cartouche = panels.querySelector<HTMLElement>(".cartouche")!;
  const measure = () => tell(insetsOf(cartouche.getBoundingClientRect(), colors.getBoundingClientRect()));
  const observer = new ResizeObserver(measure);
  observer.observe(document.documentElement);
  observer.observe(cartouche);
  measure();
}

function insetsOf(cartouche: DOMRect, colors: DOMRect): Insets {
  if (matchMedia(WIDE).matches) {
    const right = innerWidth - colors.left;
    const left = innerWidth >= ROOMY ? right : 0;
    return { top: MARGIN, bottom: MARGIN, left, right };
  }
  return { top: cartouche.bottom, bottom: innerHeight - colors.top, left: 0, right: 0 };
}
