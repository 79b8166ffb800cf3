import { expect, test } from "vitest";
import { openMap } from "../../src/bundle/index.ts";
import { matcherOf } from "../../src/find/query.ts";
import { Texts, wordFields } from "../../src/find/texts.ts";
import { formatValue } from "../../src/ui/format.ts";
import { type Change, diskFetch, GOLDEN } from "../bundle/disk.ts";

async function open(change?: Change) {
  const { fetch, asked } = diskFetch(change);
  const bundle = await openMap(GOLDEN, { fetch });
  return { bundle, asked, texts: new Texts(bundle) };
}

async function search(texts: Texts, query: string, stale = () => false) {
  const found: number[] = [];
  const shares: number[] = [];
  await texts.search(
    matcherOf(query),
    (items, done) => {
      found.push(...items);
      shares.push(done);
    },
    stale,
  );
  return { found, shares };
}

/** The items whose words match, one record at a time. */
async function oneByOne(bundle: Awaited<ReturnType<typeof open>>["bundle"], query: string) {
  const matches = matcherOf(query);
  const fields = wordFields(bundle.manifest);
  const found: number[] = [];
  for (let item = 0; item < bundle.count; item++) {
    const row = (await bundle.row(item))!;
    const words = fields.map(({ name, type }) => formatValue(row[name], type) ?? "");
    if (words.some((text) => text !== "" && matches(text) !== null)) found.push(item);
  }
  return found;
}

test.each(["zeile 19", "/^item-0[0-4]/", "dreieck", "/Квадрат|звезда/i", "<b>", "nowhere at all"])(
  "%s is found in every field that holds words, and nowhere else",
  async (query) => {
    const { bundle, texts } = await open();
    const { found, shares } = await search(texts, query);
    expect(found).toEqual(await oneByOne(bundle, query));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  },
);

test("a second search reads nothing again", async () => {
  const { asked, texts } = await open();
  await search(texts, "zeile");
  const before = asked.length;
  await search(texts, "item");
  expect(asked.length).toBe(before);
});

test("a search that is given up ends", async () => {
  const { texts } = await open();
  const { shares } = await search(texts, "zeile", () => true);
  expect(shares).toEqual([]);
});

test("rows that can't be read are said to be so, and can be read later", async () => {
  let broken = true;
  const { texts } = await open((path) => (broken && path.endsWith(".parquet") ? 503 : undefined));
  await expect(search(texts, "zeile")).rejects.toThrow(/503/);
  broken = false;
  expect((await search(texts, "zeile")).found.length).toBeGreaterThan(0);
});
