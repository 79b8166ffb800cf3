import { expect, test } from "vitest";
import { openMap } from "../../src/bundle/index.ts";
import { wordFields } from "../../src/find/fields.ts";
import { matcherOf } from "../../src/find/query.ts";
import { Texts } from "../../src/find/texts.ts";
import { formatValue } from "../../src/ui/format.ts";
import { type Change, diskFetch, GOLDEN } from "../bundle/disk.ts";
import { recordOf } from "../bundle/records.ts";

async function open(change?: Change) {
  const { fetch, asked } = diskFetch(change);
  const bundle = await openMap(GOLDEN, { fetch });
  return { bundle, asked, texts: new Texts(bundle) };
}

async function search(texts: Texts, query: string, stale = () => false, fields: string[] | null = null) {
  const found: number[] = [];
  const shares: number[] = [];
  const tell = (items: Uint32Array, done: number) => {
    found.push(...items);
    shares.push(done);
  };
  await texts.search(matcherOf(query), { tell, stale, fields });
  return { found, shares };
}

/** Every item's record, each read by itself; once for all tests, since each opens a shard anew. */
const records = openMap(GOLDEN, { fetch: diskFetch().fetch }).then((bundle) =>
  Promise.all(Array.from({ length: bundle.count }, (_, item) => recordOf(bundle, item))),
);

/** The items whose words match, one record at a time. */
async function oneByOne(
  { manifest }: Awaited<ReturnType<typeof open>>["bundle"],
  query: string,
  within: string[] | null = null,
) {
  const matches = matcherOf(query);
  const fields = wordFields(manifest).filter(({ name }) => within?.includes(name) ?? true);
  const found: number[] = [];
  for (const [item, row] of (await records).entries()) {
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

test("only the fields asked for are looked into, one or several", async () => {
  const { bundle, texts } = await open();
  const names = wordFields(bundle.manifest).map(({ name }) => name);
  for (const within of [...names.map((name) => [name]), names.slice(0, 2)]) {
    const { found } = await search(texts, "/[a-z1-5]/", () => false, within);
    expect(found).toEqual(await oneByOne(bundle, "/[a-z1-5]/", within));
  }
});

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
