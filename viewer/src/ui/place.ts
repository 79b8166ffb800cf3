interface Size {
  readonly width: number;
  readonly height: number;
}

interface Place {
  readonly left: number;
  readonly top: number;
}

const GAP = 20;
const MARGIN = 12;

/**
 * Place a card to the right of and below a point, and on the other side where it would leave the window.
 * It never covers the point unless the window is smaller than card and point together.
 */
export function beside(point: { x: number; y: number }, card: Size, view: Size): Place {
  const right = point.x + GAP;
  const below = point.y + GAP;
  const left = right + card.width + MARGIN <= view.width ? right : point.x - GAP - card.width;
  const top = below + card.height + MARGIN <= view.height ? below : point.y - GAP - card.height;
  return {
    left: clamp(left, MARGIN, view.width - card.width - MARGIN),
    top: clamp(top, MARGIN, view.height - card.height - MARGIN),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
