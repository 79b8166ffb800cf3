interface Size {
  readonly width: number;
  readonly height: number;
}

interface Place {
  readonly left: number;
  readonly top: number;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const GAP = 12;
const MARGIN = 12;

/** The pointer's own size: a card keeps clear of it as of an image. */
export function around({ x, y }: { x: number; y: number }, reach = 10): Rectangle {
  return { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
}

/**
 * Place a card to the right of what it tells about, level with its top, and on the left where the window ends.
 * Where neither side has room it goes below or above, so that it covers its subject only in a window too small
 * for both; `above` prefers that to below, for a hand covers what lies below its finger.
 */
export function beside(subject: Rectangle, card: Size, view: Size, above = false): Place {
  const right = subject.right + GAP;
  const left = subject.left - GAP - card.width;
  const roomRight = right + card.width + MARGIN <= view.width;
  const top = clamp(subject.top, MARGIN, view.height - card.height - MARGIN);
  if (roomRight || left >= MARGIN) return { left: roomRight ? right : left, top };
  const below = subject.bottom + GAP;
  const over = subject.top - GAP - card.height;
  const roomBelow = below + card.height + MARGIN <= view.height && !(above && over >= MARGIN);
  return {
    left: clamp(subject.left, MARGIN, view.width - card.width - MARGIN),
    top: roomBelow ? below : Math.max(MARGIN, over),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
