import type { Manifest } from "../../bundle/index.ts";
import { spareOf, sparesHidden, toggleSpares } from "../../state/duplicates.ts";
import type { FilterState } from "../../state/filters.ts";
import { formatCount } from "../format.ts";

/** One click hides near duplicates but for one of each; nothing where there are none. */
export function HideDuplicates({ manifest, filters }: { manifest: Manifest; filters: FilterState }) {
  const spare = spareOf(manifest);
  if (!spare) return null;
  return (
    <label class="check hide-duplicates" title="Shift D">
      <input
        type="checkbox"
        checked={sparesHidden(filters, spare)}
        onChange={() => toggleSpares(filters, spare)}
      />
      Hide {formatCount(spare.count)} near duplicate{spare.count === 1 ? "" : "s"}
    </label>
  );
}
