/** What the hand holds: a view's items and the names over them. */

import type { Point } from "../camera/camera.ts";
import { type Ground, groundAt, itemUnder } from "../interaction/pick.ts";
import type { Modifiers } from "../interaction/pointers.ts";
import type { Renderer, Shown } from "../layers/renderer.ts";
import type { Grip } from "./hand.ts";
import type { Passage } from "./passage.ts";
import type { Names } from "./types.ts";

/** Who hears of what is pointed at. */
interface Listener {
  readonly corner: Point;
  readonly names: Names | null;
  onHover(item: number | null, at: Point): void;
  onClick(item: number | null, modifiers: Modifiers, at: Point): void;
}

interface Held {
  readonly passage: Passage;
  readonly renderer: Renderer;
  /** What the next frame would be drawn of. */
  shown(): Shown | null;
  moved(): void;
  wake(): void;
}

export function gripOf(listener: Listener, { passage, renderer, shown, moved, wake }: Held): Grip {
  const ground = (at: Point | null, item: number | null): Ground => {
    const now = at && shown();
    return now ? groundAt(at, item, now, renderer) : "free";
  };
  return {
    get corner() {
      return listener.corner;
    },
    get steady() {
      return !passage.moving;
    },
    itemAt: (at) => {
      const now = shown();
      return now && itemUnder(at, now, renderer);
    },
    nameAt: (at, item) => listener.names?.point(at, ground(at, item)) ?? false,
    moved,
    wake,
    hover: (item, at) => listener.onHover(item, at),
    click: (item, modifiers, at) => {
      const add = modifiers.shift || modifiers.ctrl;
      if (!listener.names?.pickAt(at, ground(at, item), add)) listener.onClick(item, modifiers, at);
    },
  };
}
