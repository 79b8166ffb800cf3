import type { ViewState } from "../../state.ts";

/** The colour that the map gives an item's category, as CSS; transparent where it colours by something else. */
export function colorOfItem(state: ViewState, item: number): string {
  const coloring = state.coloring.value;
  if (coloring?.kind !== "category") return "transparent";
  return `rgb(${coloring.colorOf(coloring.codeOf(item), state.theme.value).join(" ")})`;
}
