/** Which rows of a long table are in sight, and how it is scrolled to others. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

export const ROW = 30;
/** Browsers end a page at some 16 million pixels: a longer table is scrolled in larger steps. */
const TALLEST = 8_000_000;
/** Rows drawn beyond either edge. */
const AROUND = 6;

export interface Sight {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Rows first … last − 1 are drawn. */
  readonly first: number;
  readonly last: number;
  /** Pixels that the scrolled content is high, and that the rows drawn are moved down in it. */
  readonly tall: number;
  readonly shift: number;
  /** Whole rows in sight. */
  readonly page: number;
  look(element: HTMLElement): void;
  /** Scroll as little as brings a row into sight. */
  reveal(row: number): void;
}

/** Follow what is in sight of `count` rows. */
export function useSight(count: number): Sight {
  const scroller = useRef<HTMLDivElement>(null);
  const [{ top, height }, setSight] = useState({ top: 0, height: 300 });
  const full = count * ROW;
  const tall = Math.min(full, TALLEST);
  const stretch = tall > height ? (full - height) / (tall - height) : 1;
  const from = top * stretch;
  const first = Math.max(0, Math.floor(from / ROW) - AROUND);
  const look = (element: HTMLElement) => setSight({ top: element.scrollTop, height: element.clientHeight });
  useLayoutEffect(() => {
    const element = scroller.current!;
    const observer = new ResizeObserver(() => look(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return {
    scroller,
    first,
    last: Math.min(count, Math.ceil((from + height) / ROW) + AROUND),
    tall,
    shift: top - from + first * ROW,
    page: Math.max(1, Math.floor(height / ROW) - 2),
    look,
    reveal(row) {
      const element = scroller.current!;
      const [above, below] = [row * ROW, (row + 2) * ROW - element.clientHeight];
      if (element.scrollTop * stretch > above) element.scrollTop = above / stretch;
      else if (element.scrollTop * stretch < below) element.scrollTop = below / stretch;
    },
  };
}
