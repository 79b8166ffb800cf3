// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { describe, expect, test } from "vitest";
import { basisOf, errorOf, meaningOf, orderOf, scoreOf } from "../../src/ui/measures.ts";
import { Quality } from "../../src/ui/Quality.tsx";
import { click, goldenMap, show } from "./page.ts";

async function panel() {
  const { manifest, state } = await goldenMap();
  const panels = await show(<Quality manifest={manifest} state={state} />);
  const measures = () => Array.from(panels.querySelectorAll<HTMLButtonElement>(".measure"));
  const words = () => panels.querySelector(".quality-words")?.textContent;
  const fire = (element: Element | undefined, event: Event) => act(() => void element!.dispatchEvent(event));
  return { manifest, state, panels, measures, words, fire };
}

test("each measure is a button that says its name, its score, its error and what it means", async () => {
  const { panels, measures } = await panel();
  const heard = (measure: Element) =>
    Array.from(
      measure.querySelectorAll(".measure-name, .measure-score, .unseen"),
      (part) => part.textContent,
    );
  expect(measures().map((measure) => heard(measure).join(" "))).toEqual([
    "Trustworthiness 0.930 Standard error 0.004. Items that are close on the map are close in the data too.",
    "Continuity 0.950 Items that are close in the data stay close on the map.",
  ]);
  const cells = (name: string) => Array.from(panels.querySelectorAll(name), (cell) => cell.textContent);
  expect(cells(".measure-score")).toEqual(["0.930", "0.950"]);
  expect(cells(".measure-error")).toEqual(["±.004", ""]);
  expect(panels.querySelector("section")?.getAttribute("aria-label")).toBe("Quality of Shapes");
});

test("pointing and focusing tell what a measure means, and leaving tells how it was come by", async () => {
  const { measures, words, fire } = await panel();
  const basis = words();
  expect(basis).toMatch(/^± is a sample’s standard error/);
  await fire(measures()[0], new FocusEvent("focus"));
  expect(words()).toMatch(/^Items that are close on the map/);
  await fire(measures()[0], new FocusEvent("blur"));
  expect(words()).toBe(basis);
  await fire(measures()[1], new Event("pointerenter"));
  expect(words()).toMatch(/^Items that are close in the data/);
});

test("a projection without quality shows nothing", async () => {
  const { state, panels } = await panel();
  await act(() => {
    state.projection.value = "line";
  });
  expect(panels.childElementCount).toBe(0);
});

test("the other projections' scores stand beside on the same line, and the score keeps on it", async () => {
  const { manifest, state } = await goldenMap();
  manifest.projections[1]!.quality = { trustworthiness: { value: 0.6 }, continuity: { value: -0.2 } };
  state.projection.value = "line";
  const panels = await show(<Quality manifest={manifest} state={state} />);
  const places = (name: string) =>
    Array.from(panels.querySelectorAll<HTMLElement>(name), ({ style }) => style.left);
  expect(places(".score")).toEqual(["60%", "0%"]);
  expect(places(".other")).toEqual(["93%", "95%"]);
});

test("folded, it leaves the scores as bars", async () => {
  const { state, panels, measures } = await panel();
  const head = panels.querySelector(".quality-head");
  await click(head);
  expect(state.qualityShown.value).toBe(false);
  expect(measures()).toHaveLength(0);
  expect(head?.getAttribute("aria-expanded")).toBe("false");
  const bars = panels.querySelectorAll<HTMLElement>(".glance i");
  expect(Array.from(bars, ({ style }) => style.height)).toEqual(["93%", "95%"]);
});

describe("in words", () => {
  test("an unknown measure goes by its own name and comes last", () => {
    expect(orderOf(["my_own_measure", "triplet_accuracy", "continuity"])).toEqual([
      "continuity",
      "triplet_accuracy",
      "my_own_measure",
    ]);
    expect(meaningOf("my_own_measure")).toMatchObject({ name: "My own measure", words: "" });
  });

  test.each([
    [{ value: 0.98765, error: 0.00432 }, "0.988", "±.004"],
    [{ value: 0.5, error: 0.0001 }, "0.500", "<.001"],
    [{ value: -0.25, error: 0 }, "−0.250", ""],
    [{ value: 1 }, "1.000", ""],
  ])("%j", (measure, score, error) => {
    expect(scoreOf(measure)).toBe(score);
    expect(errorOf(measure)).toBe(error);
  });

  test("approximate neighbours are told, with their recall where it is known", async () => {
    const knn = (await goldenMap()).manifest.knn!;
    expect(basisOf([{ value: 1 }], knn)).toBe("Measured on every item.");
    const approximate = { ...knn, method: "approximate" as const, recall: { value: 0.9876, error: 0.001 } };
    expect(basisOf([{ value: 1 }], approximate)).toMatch(/neighbours are approximate: 98\.8 % are true\.$/);
    expect(basisOf([{ value: 1 }], { ...approximate, recall: null })).toMatch(
      /neighbours are approximate\.$/,
    );
  });
});
