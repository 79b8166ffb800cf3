/** What a view tells of itself. */

import type { Indexer } from "../data/indexer.ts";
import type { Renderer } from "../layers/renderer.ts";
import type { Haze } from "./haze.ts";
import type { Passage } from "./passage.ts";
import type { ViewStats } from "./types.ts";

interface Parts {
  readonly renderer: Renderer;
  readonly passage: Passage;
  readonly indexer: Indexer;
  readonly haze: Haze;
}

/** @param still whether the view has drawn what it shows, and moves no more. */
export function statsOf({ renderer, passage, indexer, haze }: Parts, still: boolean): ViewStats {
  const { transition, loaded } = passage;
  const indexed = !transition || indexer.index !== null;
  const settled = still && passage.complete && renderer.settled && indexed && haze.settled;
  return {
    points: loaded,
    bright: Math.min(renderer.bright, loaded),
    sprites: renderer.spriteCount,
    originals: renderer.originalCount,
    frames: renderer.frames,
    loaded,
    glide: transition?.glide ?? 1,
    lost: renderer.lost,
    idle: settled && !renderer.lost,
    pages: renderer.pagesHeld,
    renderer: renderer.device.renderer,
  };
}
