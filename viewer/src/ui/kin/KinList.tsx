import type { Atlas } from "../../app.ts";
import type { Kin } from "../../find/kin.ts";
import { ItemLine } from "../find/ItemLine.tsx";
import { distanceOf } from "./words.ts";

/** Kin as lines of text, for maps without images. */
export function KinList({ atlas, kin }: { atlas: Atlas; kin: Kin; side: number }) {
  return (
    <ol class="lines kin-lines">
      {kin.ranked.items.map((item, k) => (
        <ItemLine key={item} atlas={atlas} item={item} aside={distanceOf(kin, k)} />
      ))}
    </ol>
  );
}
