import type { Manifest } from "../../bundle/index.ts";
import type { Command } from "../../commands.ts";
import { type Spare, spareOf, toggleSpares } from "../../state/duplicates.ts";
import { clearFilters, type FilterState, invertFilters } from "../../state/filters.ts";
import type { ViewState } from "../../state.ts";
import { showPage } from "../pages.ts";

/** Filtering. */
export function filterCommands(manifest: Manifest, state: ViewState): Command[] {
  const { filters } = state;
  const spare = spareOf(manifest);
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
    ...(spare ? [hideCommand(filters, spare)] : []),
  ];
}

function hideCommand(filters: FilterState, spare: Spare): Command {
  return {
    title: "Hide near duplicates, or show them",
    group: "Find",
    keys: ["shift+d"],
    run: () => toggleSpares(filters, spare),
  };
}
