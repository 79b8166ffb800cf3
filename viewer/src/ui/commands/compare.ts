import type { Manifest } from "../../bundle/index.ts";
import type { Command } from "../../commands.ts";
import { layoutsOf } from "../../compare/place.ts";
import { toggleBeside, type ViewState } from "../../state.ts";

/** The overview and the second map. */
export function compareCommands(manifest: Manifest, state: ViewState): Command[] {
  const overview: Command = {
    title: "Overview while near, or none",
    group: "Look",
    keys: ["h"],
    run: () => {
      state.minimap.value = !state.minimap.value;
    },
  };
  if (layoutsOf(manifest).length < 2) return [overview];
  const { beside, linked } = state.compare;
  return [
    overview,
    {
      title: "Two maps side by side",
      group: "Look",
      keys: ["\\"],
      run: () => toggleBeside(manifest, state),
    },
    {
      title: "Move both together, or each by itself",
      group: "Look",
      keys: ["j"],
      enabled: () => beside.value !== null,
      run: () => {
        linked.value = !linked.value;
      },
    },
  ];
}
