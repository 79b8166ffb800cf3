import { expect, test } from "vitest";
import { openMap } from "../../src/bundle/index.ts";
import { ShardReader } from "../../src/rows/reader.ts";
import { TermTally, wordsOf } from "../../src/rows/terms.ts";
import { csvLine, plainText } from "../../src/rows/text.ts";
import { readRows, sortByText, writeFile } from "../../src/rows/work.ts";
import { diskFetch, GOLDEN } from "../bundle/disk.ts";
import { recordOf } from "../bundle/records.ts";

const bundle = await openMap(GOLDEN, { fetch: diskFetch().fetch });
const { rows, fields } = bundle.manifest;
const reader = () => new ShardReader(rows!, bundle.source);
const all = Uint32Array.from({ length: bundle.count }, (_, item) => item);
const id = fields.find(({ role }) => role === "id")!;

test("rows come in the order asked for, as they are read one by one", async () => {
  const items = Uint32Array.of(bundle.count - 1, 0, 7);
  const read = await readRows(reader(), { kind: "rows", items, fields: fields.map(({ name }) => name) });
  for (const [k, item] of items.entries()) expect(read[k]).toEqual(await recordOf(bundle, item));
});

test("ids are written line by line, and CSV has a head, tags and a line an item", async () => {
  const ids = { kind: "file" as const, format: "ids" as const, items: all, fields: [id], tags: [] };
  const lines = (await (await writeFile(reader(), ids, () => undefined)).text()).trimEnd().split("\n");
  expect(lines).toHaveLength(bundle.count);
  expect(new Set(lines).size).toBe(bundle.count);
  const tag = { name: "odd; one", items: new Uint8Array(bundle.count).fill(1, 2, 3) };
  const items = Uint32Array.of(2, 3);
  const csv = { kind: "file" as const, format: "csv" as const, items, fields: [id], tags: [tag] };
  const text = await (await writeFile(reader(), csv, () => undefined)).text();
  expect(text).toBe(`${id.name},tags\r\n${lines[2]},odd; one\r\n${lines[3]},\r\n`);
});

test("sorting by text reads it all and puts the nameless last", async () => {
  const job = { kind: "sort" as const, items: all, field: id, descending: false };
  const up = await sortByText(reader(), job, () => undefined);
  const down = await sortByText(reader(), { ...job, descending: true }, () => undefined);
  expect([...up].sort((a, b) => a - b)).toEqual([...all]);
  expect([...down]).toEqual([...up].reverse());
});

test("words are found in any script, counted once an item", () => {
  expect([...wordsOf("Don’t don't STOP! Zürich 東京 a 2026")]).toEqual([
    "don't",
    "stop",
    "zürich",
    "東京",
    "2026",
  ]);
  const tally = new TermTally();
  tally.add("good good food", true);
  tally.add("good", false);
  tally.add(["good", "list"], true);
  expect(tally.terms(2)).toEqual([{ term: "good", inside: 2, outside: 1 }]);
});

test("cells are quoted where they have to be, and values are exact", () => {
  expect(csvLine(["a", 'say "hi"', "x,y", "two\nlines", ""])).toBe('a,"say ""hi""","x,y","two\nlines",\r\n');
  expect(plainText(2n ** 60n, "integer")).toBe("1152921504606846976");
  expect(plainText(new Date(Date.UTC(2026, 10, 21)), "time")).toBe("2026-11-21");
  expect(plainText(null, "string")).toBe("");
  expect(plainText(["a", 1n], "list")).toBe('["a","1"]');
});
