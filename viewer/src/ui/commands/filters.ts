import type { Command } from "../../commands.ts";
import { clearFilters, invertFilters } from "../../state/filters.ts";
import type { ViewState } from "../../state.ts";
import { showPage } from "../pages.ts";

/** Filtering. */
export function filterCommands(state: ViewState): Command[] {
  const { filters } = state;
  const filtered = () => filters.rules.value.filters.length > 0;
  return [
    { title: "Filters", group: "Find", keys: ["w"], run: () => showPage(state, "filters") },
    {
      title: "Invert the filters",
      group: "Find",
      keys: ["shift+x"],
      enabled: filtered,
      run: () => invertFilters(filters),
    },
    {
      title: "Clear the filters",
      group: "Find",
      keys: ["x"],
      enabled: filtered,
      run: () => clearFilters(filters),
    },
  ];
}
