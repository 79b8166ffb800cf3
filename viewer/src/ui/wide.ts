import { type ReadonlySignal, signal } from "@preact/signals";
import { ROOMY } from "./clear.ts";

/** As wide as this, panels stand beside the map; narrower, above and below it. The style sheets say the same. */
const query = matchMedia("(min-width: 760px)");
const matches = signal(query.matches);
query.addEventListener("change", () => {
  matches.value = query.matches;
});

/** As wide as this, the panels leave room for two maps beside one another. */
export const ROOMY_FOR_TWO = 1600;
const TALL = 720;

/** Whether the quality can be unfolded at first: beside the map without covering it, or in a phone's sheet. */
export function roomForQuality(): boolean {
  return !matches.peek() || (innerWidth >= ROOMY && innerHeight >= TALL);
}

/** Whether panels stand beside the map. */
export const wide: ReadonlySignal<boolean> = matches;
