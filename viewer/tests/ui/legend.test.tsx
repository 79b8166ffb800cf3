// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { expect, test } from "vitest";
import type { CategoryColumn, Manifest } from "../../src/bundle/index.ts";
import { OTHER_CATEGORIES } from "../../src/data/category.ts";
import { coloringOf, loadColoring } from "../../src/data/coloring.ts";
import { isolatedNames } from "../../src/state.ts";
import { Appearance } from "../../src/ui/Appearance.tsx";
import { CategoryLegend } from "../../src/ui/CategoryLegend.tsx";
import { ColorPanel } from "../../src/ui/ColorPanel.tsx";
import { click, goldenMap, settle, show } from "./page.ts";

async function panel() {
  const { bundle, manifest, state } = await goldenMap();
  state.coloring.value = await loadColoring(bundle, state.color.value);
  const panels = await show(<ColorPanel manifest={manifest} state={state} />);
  const entries = () => Array.from(panels.querySelectorAll<HTMLButtonElement>(".entry"));
  return { bundle, manifest, state, panels, entries };
}

test("each category is a button named by itself and its count, and items without one have theirs", async () => {
  const { bundle, entries } = await panel();
  const column = bundle.column("shape");
  if (column.kind !== "category") return expect.fail();
  const named = entries().map((entry) => [
    entry.querySelector(".entry-name")?.textContent,
    entry.querySelector(".entry-count")?.textContent,
  ]);
  const expected = column.categories.map((name, k) => [name || "(empty)", String(column.counts[k])]);
  if (column.missing > 0) expected.push(["no value", String(column.missing)]);
  expect(named).toEqual(expected);
});

test("of topics, items without one are unlabelled, and the level is shown beside the others", async () => {
  const { bundle, manifest, state } = await goldenMap();
  const column = { ...bundle.column("shape"), name: "topic_1", missing: 1 } as CategoryColumn;
  state.color.value = "topic_1";
  state.coloring.value = coloringOf(column, await bundle.values("shape"));
  const topics = { columns: ["topic_1", "topic_2", "topic_3"] } as unknown as Manifest["topics"];
  const panels = await show(<ColorPanel manifest={{ ...manifest, topics }} state={state} />);
  const names = Array.from(panels.querySelectorAll(".entry-name"), (name) => name.textContent);
  expect(names.at(-1)).toBe("Unlabelled");
  const levels = panels.querySelectorAll<HTMLInputElement>(".levels input");
  expect(Array.from(levels, ({ checked }) => checked)).toEqual([true, false, false]);
  await act(() => levels[2]!.click());
  expect(state.color.value).toBe("topic_3");
});

test("a click isolates, Shift adds, and it shows which are pressed", async () => {
  const { manifest, state, entries } = await panel();
  await click(entries()[1]);
  expect(isolatedNames(state, manifest)).toHaveLength(1);
  await click(entries()[2], { shiftKey: true });
  expect(isolatedNames(state, manifest)).toHaveLength(2);
  expect(entries().map((entry) => entry.getAttribute("aria-pressed"))).toEqual(
    entries().map((_, k) => String(k === 1 || k === 2)),
  );
  expect(entries()[0]?.classList.contains("dim")).toBe(true);
});

test("another column is chosen by its place, and the items' own colours come first", async () => {
  const { manifest, state, panels } = await panel();
  const choice = panels.querySelector<HTMLSelectElement>("#color-by")!;
  expect(Array.from(choice.options, ({ text }) => text)).toEqual([
    "own colours",
    ...manifest.columns.map(({ title }) => title),
  ]);
  choice.value = "1";
  await act(() => void choice.dispatchEvent(new Event("change", { bubbles: true })));
  expect(state.color.value).toBe(manifest.columns[1]?.name);
  choice.value = "-1";
  await act(() => void choice.dispatchEvent(new Event("change", { bubbles: true })));
  expect(state.color.value).toBeNull();
});

test("numbers have a histogram with a name and round ticks", async () => {
  const { bundle, state, panels } = await panel();
  state.coloring.value = await loadColoring(bundle, "weight");
  await settle(() => panels.querySelector(".histogram"));
  expect(panels.querySelector(".histogram")?.getAttribute("aria-label")).toMatch(
    /^Distribution of weight, from about -?\d+ to \d+$/,
  );
  expect(panels.querySelectorAll(".tick").length).toBeGreaterThan(2);
});

test("one category is found among thousands", async () => {
  const { state } = await goldenMap();
  const categories = Array.from({ length: 3000 }, (_, k) => `kind ${k}`);
  const values = { dtype: "u16" as const, components: 1, count: 1, parts: [{}] as never };
  const column = {
    name: "k",
    title: "K",
    kind: "category" as const,
    values,
    categories,
    counts: categories.map(() => 1),
    missing: 0,
  };
  const coloring = coloringOf(column, Uint16Array.of(0));
  if (coloring.kind !== "category") return expect.fail();
  const panels = await show(<CategoryLegend coloring={coloring} state={state} />);
  expect(panels.querySelectorAll(".entry")).toHaveLength(21);
  const other = Array.from(panels.querySelectorAll<HTMLButtonElement>(".entry")).at(-1)!;
  expect(other.textContent).toMatch(/^2,980 other/);
  await click(other);
  expect([...state.isolated.value]).toEqual([OTHER_CATEGORIES]);
  await click(panels.querySelector(".more"));
  expect(panels.querySelectorAll(".entry")).toHaveLength(201);
  expect(panels.textContent).toMatch("and 2,800 more");
  const find = panels.querySelector<HTMLInputElement>(".find")!;
  find.value = "KIND 2718";
  await act(() => void find.dispatchEvent(new Event("input", { bubbles: true })));
  expect(Array.from(panels.querySelectorAll(".entry-name"), (name) => name.textContent)).toEqual([
    "kind 2718",
  ]);
});

test("the size of the images runs from half to double", async () => {
  const { manifest, state } = await goldenMap();
  const panels = await show(<Appearance manifest={manifest} state={state} />);
  const range = panels.querySelector<HTMLInputElement>("input[type=range]")!;
  for (const [value, size] of [
    ["-1", 0.5],
    ["1", 2],
  ] as const) {
    range.value = value;
    await act(() => void range.dispatchEvent(new Event("input", { bubbles: true })));
    expect(state.sprites.value.size).toBeCloseTo(size);
  }
});
