import { describe, expect, test } from "vitest";
import type { PictureLegend } from "../../src/picture/legend.ts";
import { fit, type Measure, type TextPart } from "../../src/picture/parts.ts";
import { layOut, type Sheet } from "../../src/picture/sheet.ts";

const measure: Measure = (text, size) => text.length * size * 0.5;
const entry = (k: number) => ({ name: `category ${k}`, count: 1000 * k, color: "#4a89f9", dim: k % 2 === 1 });
const categories = (n: number): PictureLegend => ({
  kind: "category",
  title: "label",
  entries: Array.from({ length: n }, (_, k) => entry(k)),
});
const caption = (legend: PictureLegend | null) => ({
  title: "Digits",
  subtitle: "UMAP",
  foot: "Terrella",
  legend,
});
const words = (sheet: Sheet) => sheet.parts.filter((part): part is TextPart => part.kind === "text");

test("without a caption the picture is the map", () => {
  const sheet = layOut({ width: 800, height: 600 }, null, "dark", measure);
  expect(sheet).toMatchObject({ width: 800, height: 600, map: { x: 0, y: 0 }, parts: [] });
});

describe.each([
  ["beside a wide map", { width: 1200, height: 700 }],
  ["below a tall one", { width: 400, height: 800 }],
])("the legend stands %s", (_, map) => {
  test.each([0, 1, 10, 300])("with %i categories, inside the sheet and clear of the map", (n) => {
    const sheet = layOut(map, caption(categories(n)), "light", measure);
    const { x, y, width, height } = sheet.map;
    for (const part of words(sheet)) {
      const long = measure(part.text, part.size, part.family, part.weight);
      const left = part.anchor === "end" ? part.x - long : part.x;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + long).toBeLessThanOrEqual(sheet.width);
      expect(part.y).toBeLessThan(sheet.height);
      const clear = left >= x + width || part.y - part.size >= y + height - 1 || part.y <= y;
      expect(clear, part.text).toBe(true);
    }
  });
});

test("categories beyond the room are counted", () => {
  const sheet = layOut({ width: 1200, height: 300 }, caption(categories(300)), "dark", measure);
  const shown = words(sheet).filter(({ text }) => text.startsWith("category")).length;
  expect(words(sheet).some(({ text }) => text === `and ${300 - shown} more`)).toBe(true);
});

test("a ramp has its ticks", () => {
  const ticks = [
    { at: 0, text: "0" },
    { at: 1, text: "10" },
  ];
  const legend: PictureLegend = { kind: "scale", title: "price", ramp: ["#000000", "#ffffff"], ticks };
  const sheet = layOut({ width: 900, height: 600 }, caption(legend), "dark", measure);
  expect(words(sheet).map(({ text }) => text)).toEqual(expect.arrayContaining(["price", "0", "10"]));
});

test("long words are cut where the room ends", () => {
  const cut = fit("a very long title indeed", 60, measure, 10);
  expect(cut.endsWith("…")).toBe(true);
  expect(measure(cut, 10, "sans", 400)).toBeLessThanOrEqual(60);
  expect(fit("short", 60, measure, 10)).toBe("short");
});
