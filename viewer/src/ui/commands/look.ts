import type { Command } from "../../commands.ts";
import { DENSITIES, type LookState } from "../../state/look.ts";

/** What stands on the map beside its items, and how these are arranged. */
export function lookKeys(look: LookState): Command[] {
  const toggle = (title: string, key: string, which: "labels" | "grid" | "trails"): Command => ({
    title,
    group: "Look",
    keys: [key],
    run: () => {
      look[which].value = !look[which].value;
    },
  });
  return [
    toggle("Names on the map", "a", "labels"),
    {
      title: "Density: shade, lines, both",
      group: "Look",
      keys: ["d"],
      run: () => {
        const next = (DENSITIES.indexOf(look.density.value) + 1) % DENSITIES.length;
        look.density.value = DENSITIES[next]!;
      },
    },
    toggle("Without overlap, on a grid", "o", "grid"),
    toggle("Trails of chosen items", "r", "trails"),
  ];
}
