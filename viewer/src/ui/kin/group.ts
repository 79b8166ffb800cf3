import { useEffect, useState } from "preact/hooks";
import type { CategoryColumn, MapBundle } from "../../bundle/index.ts";

/** Follow the name of an item's category; null until it is known, or where it has none. */
export function useGroupName(bundle: MapBundle, column: CategoryColumn | null, item: number): string | null {
  const [held, setHeld] = useState<{ column: string; item: number; name: string | null } | null>(null);
  useEffect(() => {
    let wanted = true;
    if (column) {
      bundle.values(column.name).then(
        (codes) => {
          const name = column.categories[codes[item]!] ?? null;
          if (wanted) setHeld({ column: column.name, item, name });
        },
        () => undefined,
      );
    }
    return () => {
      wanted = false;
    };
  }, [bundle, column, item]);
  return held?.item === item && held.column === column?.name ? held.name : null;
}
