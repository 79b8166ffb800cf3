import type { Command } from "../../commands.ts";
import type { Selecting } from "../../selection/index.ts";
import { resizeBrush, type Tool } from "../../state/selection.ts";
import type { ViewState } from "../../state.ts";
import type { KeyedMap } from "./map.ts";

/** Choosing items, and taking back. */
export function chooseCommands(
  state: ViewState,
  map: Pick<KeyedMap, "itemInMiddle">,
  { chooser, undo }: Selecting,
): Command[] {
  const { tool } = state.selection;
  const hold = (title: string, key: string, held: Tool): Command => ({
    title,
    group: "Choose",
    keys: [key],
    run: () => {
      tool.value = tool.value === held ? "move" : held;
    },
  });
  const simple = (title: string, keys: string[], run: () => void, shown?: string[]): Command => ({
    title,
    group: "Choose",
    keys,
    ...(shown && { shown }),
    run,
  });
  return [
    hold("Lasso: draw around items", "l", "lasso"),
    hold("Box", "e", "box"),
    hold("Brush", "p", "brush"),
    simple("Move the map again", ["v"], () => {
      tool.value = "move";
    }),
    simple("Add to what is chosen", [], () => undefined, ["Shift", "Drag"]),
    simple("Take from what is chosen", [], () => undefined, ["Alt", "Drag"]),
    {
      title: "Smaller or larger brush",
      group: "Choose",
      keys: ["[", "]"],
      shown: ["[", "]"],
      run: (key) => resizeBrush(state.selection, key === "]" ? 1.25 : 0.8),
    },
    simple(
      "Choose the item in the middle, or leave it out",
      ["shift+enter"],
      () => chooser.toggle(map.itemInMiddle()),
      ["Shift", "Enter"],
    ),
    simple("Choose all that is in view", ["z"], () => chooser.take(null, "replace")),
    simple("Choose everything that is lit", ["mod+a"], () => chooser.choosePassing()),
    simple("Choose the others instead", ["i"], () => chooser.invert()),
    {
      title: "Tag what is chosen",
      group: "Choose",
      keys: ["g"],
      run: () => {
        state.tab.value = "selection";
        requestAnimationFrame(() => document.querySelector<HTMLInputElement>("#tag-name")?.focus());
      },
    },
    {
      title: "Table of the rows",
      group: "Page",
      keys: ["b"],
      run: () => {
        state.table.open.value = !state.table.open.value;
      },
    },
    simple("Take back", ["mod+z"], () => void undo.undo()),
    simple("Do again", ["mod+shift+z", "mod+y"], () => void undo.redo(), ["Ctrl", "Y"]),
  ];
}
