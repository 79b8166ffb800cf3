/** Files of the map that are on their way before the page's scripts are: src/ahead.ts begins them. */

import type { Fetch } from "./source.ts";

/** Answers by the address of what was asked for; each is taken once. */
export type Ahead = Map<string, Promise<Response>>;

declare global {
  interface Window {
    terrellaAhead?: Ahead;
  }
}

/** The address of a file of the page's map. */
export function urlOf(path: string): string {
  return new URL(path, new URL("map/", document.baseURI)).href;
}

/** Fetch, or take what has been begun; only whole files are. */
export const fetchAhead: Fetch = (input, init) => {
  const url = String(input);
  const begun = window.terrellaAhead?.get(url);
  window.terrellaAhead?.delete(url);
  return begun ?? fetch(input, init);
};
