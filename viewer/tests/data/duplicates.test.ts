import { expect, test } from "vitest";
import { openMap } from "../../src/bundle/index.ts";
import { spareOf, sparesHidden, toggleSpares } from "../../src/state/duplicates.ts";
import { createFilters } from "../../src/state/filters.ts";
import { diskFetch, GOLDEN } from "../bundle/disk.ts";

const { manifest } = await openMap(GOLDEN, { fetch: diskFetch().fetch });

test("one click hides near duplicates, another shows them", () => {
  const spare = spareOf(manifest)!;
  expect(spare).toEqual({ column: "duplicate_class", code: 2, count: 3 });
  const filters = createFilters(manifest);
  expect(sparesHidden(filters, spare)).toBe(false);
  toggleSpares(filters, spare);
  expect(sparesHidden(filters, spare)).toBe(true);
  expect(filters.rules.value.filters).toEqual([
    { kind: "values", column: "duplicate_class", codes: [2], not: true },
  ]);
  toggleSpares(filters, spare);
  expect(filters.rules.value.filters).toEqual([]);
});

test("a filter on the other classes hides them as well", () => {
  const spare = spareOf(manifest)!;
  const filters = createFilters(manifest);
  filters.rules.value = {
    filters: [{ kind: "values", column: spare.column, codes: [0, 1], not: false }],
    match: "all",
  };
  expect(sparesHidden(filters, spare)).toBe(true);
  toggleSpares(filters, spare);
  expect(sparesHidden(filters, spare)).toBe(false);
});

test("a map without duplicates has nothing to hide", () => {
  expect(spareOf({ ...manifest, duplicates: null })).toBeNull();
  const none = manifest.columns.map((column) =>
    column.kind === "category" ? { ...column, counts: column.counts.map(() => 0) } : column,
  );
  expect(spareOf({ ...manifest, columns: none })).toBeNull();
});
