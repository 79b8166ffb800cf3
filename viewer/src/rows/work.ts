/** The work of the rows' worker, apart from its port. */

import type { Row } from "../bundle/bundle.ts";
import type { Answers, FileJob, RowsJob, SortJob, TermsAnswer, TermsJob } from "./jobs.ts";
import type { ShardReader } from "./reader.ts";
import { TermTally } from "./terms.ts";
import { csvLine, plainText } from "./text.ts";

/** Row groups that are read for the words of each side: about 50,000 items. */
const MOST_GROUPS = 48;
/** Words that stand in fewer items say nothing. */
const LEAST_ITEMS = 3;

type OnProgress = (share: number) => void;

export async function readRows(reader: ShardReader, { items, fields }: RowsJob): Promise<Answers["rows"]> {
  const rows = new Map<number, Row>();
  await reader.read(items.slice().sort(), fields, (here, read) => {
    for (const [k, item] of here.entries()) rows.set(item, read[k]!);
  });
  return Array.from(items, (item) => rows.get(item)!);
}

export async function countTerms(
  reader: ShardReader,
  { inside, outside, fields }: TermsJob,
  onProgress: OnProgress,
): Promise<TermsAnswer> {
  const sides = [inside, outside].map((items) => reader.within(items, MOST_GROUPS));
  const names = fields.map(({ name }) => name);
  const tallies = fields.map(() => new TermTally());
  for (const [side, items] of sides.entries()) {
    await reader.read(items, names, (_, rows, done) => {
      for (const row of rows) {
        for (const [k, name] of names.entries()) tallies[k]!.add(row[name], side === 0);
      }
      onProgress((side + done) / 2);
    });
  }
  return {
    fields: names.map((field, k) => ({ field, terms: tallies[k]!.terms(LEAST_ITEMS) })),
    inside: sides[0]!.length,
    outside: sides[1]!.length,
  };
}

export async function sortByText(
  reader: ShardReader,
  { items, field, descending }: SortJob,
  onProgress: OnProgress,
): Promise<Uint32Array> {
  const texts = new Map<number, string>();
  await reader.read(items.slice().sort(), [field.name], (here, rows, done) => {
    for (const [k, item] of here.entries()) {
      const text = plainText(rows[k]![field.name], field.type).toLocaleLowerCase();
      if (text !== "") texts.set(item, text);
    }
    onProgress(done);
  });
  const order = new Intl.Collator(undefined, { numeric: true });
  const compare =
    items.length > 50_000 ? (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0) : order.compare;
  const turn = descending ? -1 : 1;
  const named = [...texts.keys()].sort((a, b) => turn * compare(texts.get(a)!, texts.get(b)!) || a - b);
  const nameless = [...items].filter((item) => !texts.has(item)); // at the end, whichever way
  return Uint32Array.from([...named, ...nameless]);
}

export async function writeFile(
  reader: ShardReader,
  { format, items, fields, tags }: FileJob,
  onProgress: OnProgress,
): Promise<Blob> {
  const names = fields.map(({ name }) => name);
  const head = tags.length > 0 ? [...names, "tags"] : names;
  const parts: string[] = format === "csv" ? [csvLine(head)] : [];
  await reader.read(items, names, (here, rows, done) => {
    let text = "";
    for (const [k, row] of rows.entries()) {
      const cells = fields.map(({ name, type }) => plainText(row[name], type));
      if (format === "ids") text += `${cells[0]}\n`;
      else {
        const own = tags.filter((tag) => tag.items[here[k]!]).map(({ name }) => name);
        text += csvLine(tags.length > 0 ? [...cells, own.join("; ")] : cells);
      }
    }
    parts.push(text);
    onProgress(done);
  });
  const type = format === "csv" ? "text/csv;charset=utf-8" : "text/plain;charset=utf-8";
  return new Blob(parts, { type });
}
