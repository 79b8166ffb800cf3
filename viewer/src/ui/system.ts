/** What the reader's system wishes. */

import type { Theme } from "../theme.ts";

export const darkSystem = matchMedia("(prefers-color-scheme: dark)");
export const stillSystem = matchMedia("(prefers-reduced-motion: reduce)");

export function systemTheme(): Theme {
  return darkSystem.matches ? "dark" : "light";
}
