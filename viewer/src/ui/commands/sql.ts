import type { Command } from "../../commands.ts";
import type { SqlState } from "../../state/sql.ts";

/** Asking in SQL, where a server answers it. */
export function sqlCommands({ offered, open }: SqlState): Command[] {
  return [
    {
      title: "Ask in SQL",
      group: "Page",
      keys: ["shift+b"],
      shown: ["Shift", "B"],
      enabled: () => offered.value,
      run: () => {
        open.value = !open.value;
      },
    },
  ];
}
