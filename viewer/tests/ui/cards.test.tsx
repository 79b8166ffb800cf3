// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { Row } from "../../src/bundle/index.ts";
import { Details } from "../../src/ui/Details.tsx";
import { Fields } from "../../src/ui/Fields.tsx";
import { HoverCard } from "../../src/ui/HoverCard.tsx";
import { recordsOf } from "../rows/inthread.ts";
import { click, goldenMap, settle, show } from "./page.ts";

const noSprite = () => Promise.resolve(null);
const nowhere = () => null;

test("markup in the data stays text", async () => {
  const attack = "<img src=x onerror=alert(1)>";
  const { bundle, state } = await goldenMap();
  const records = recordsOf(bundle);
  const poisoned: Row = {
    id: attack,
    shape: attack,
    text: `<script>${attack}</script>`,
    grade: attack,
    tags: [attack],
  };
  records.read = () => Promise.resolve(poisoned);
  bundle.manifest.fields.forEach((field) => {
    field.title = attack;
  });
  state.hovered.value = 3;
  state.selected.value = 4;
  const panels = await show(
    <>
      <HoverCard bundle={bundle} records={records} state={state} spriteOf={noSprite} boxOf={nowhere} />
      <Details
        bundle={bundle}
        records={records}
        state={state}
        spriteOf={noSprite}
        onFlyTo={() => undefined}
      />
    </>,
  );
  await settle(() => panels.querySelectorAll("dl").length === 2);
  expect(panels.textContent?.split(attack).length).toBeGreaterThan(10);
  expect(panels.querySelectorAll("script, img[src='x'], [onerror]")).toHaveLength(0);
});

test("the hover card shows label, text and fields of the item under the pointer", async () => {
  const { bundle, state } = await goldenMap();
  const records = recordsOf(bundle);
  state.hovered.value = 0;
  const panels = await show(
    <HoverCard bundle={bundle} records={records} state={state} spriteOf={noSprite} boxOf={nowhere} />,
  );
  await settle(() => panels.querySelector("dl"));
  expect(panels.querySelector(".card-title")?.textContent).toBe("звезда");
  expect(panels.querySelector(".card-excerpt")?.textContent).toMatch(/^Zeile 194/);
  expect(panels.querySelector(".fields")?.textContent).toMatch(/grade10/);
  state.hovered.value = null;
  await settle(() => panels.childElementCount === 0);
  expect(panels.childElementCount).toBe(0);
});

test("an item without a label goes by its id", async () => {
  const { bundle, state } = await goldenMap();
  const records = recordsOf(bundle);
  state.hovered.value = 15;
  const panels = await show(
    <HoverCard bundle={bundle} records={records} state={state} spriteOf={noSprite} boxOf={nowhere} />,
  );
  await settle(() => panels.querySelector("dl"));
  expect(panels.querySelector(".card-title")?.textContent).toBe("item-054");
});

test("the pinned card has every field and can be unpinned", async () => {
  const { bundle, state } = await goldenMap();
  const records = recordsOf(bundle);
  state.selected.value = 1;
  const flown: number[] = [];
  const panels = await show(
    <Details
      bundle={bundle}
      records={records}
      state={state}
      spriteOf={noSprite}
      onFlyTo={(item) => flown.push(item)}
    />,
  );
  await settle(() => panels.querySelector("dl"));
  const shown = Array.from(panels.querySelectorAll("dt"), (term) => term.textContent);
  const roles = new Set(["text", "image"]);
  expect(shown).toEqual(
    bundle.manifest.fields.filter(({ role }) => !roles.has(role ?? "")).map(({ title }) => title),
  );
  expect(panels.textContent).toMatch("Mar 26, 2024");
  await click(panels.querySelector("[aria-label='Go to this item']"));
  expect(flown).toEqual([1]);
  await click(panels.querySelector("[aria-label='Unpin this item']"));
  expect(state.selected.value).toBeNull();
});

test("a record that can't be read is said to be so", async () => {
  const { bundle, state } = await goldenMap((path) => (path.endsWith(".parquet") ? 503 : undefined));
  state.selected.value = 1;
  const panels = await show(
    <Details
      bundle={bundle}
      records={recordsOf(bundle)}
      state={state}
      spriteOf={noSprite}
      onFlyTo={() => undefined}
    />,
  );
  await settle(() => panels.querySelector(".card-failed"));
  expect(panels.querySelector(".card-failed")?.textContent).toMatch(/could not be read.*503/);
});

test("values of every kind become text, and empty ones are left out", async () => {
  const row = {
    n: 0.1 + 0.2,
    b: true,
    big: 12345678901234567890n,
    l: [1, null],
    o: { x: 1n },
    t: "2024-03-01T10:00:00",
    e: null,
  };
  const types = ["number", "boolean", "integer", "list", "object", "time", "string"] as const;
  const fields = Object.keys(row).map((name, k) => ({ name, title: name, type: types[k]!, role: null }));
  const panels = await show(<Fields row={row} fields={fields} />);
  expect(Array.from(panels.querySelectorAll("dd"), (value) => value.textContent)).toEqual([
    "0.3",
    "yes",
    "12345678901234567890",
    "1, —",
    '{"x":"1"}',
    "Mar 1, 2024, 10:00 AM",
  ]);
});
