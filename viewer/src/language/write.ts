/** A choice as JSON: what is told of it, with the ids of the items that stand in it. */

import type { MapBundle } from "../bundle/index.ts";
import { unpacked } from "../data/bits.ts";
import { itemsOf } from "../data/mask.ts";
import type { RowsWorker } from "../rows/client.ts";
import { plainText } from "../rows/text.ts";
import type { Said } from "./said.ts";

export type Json = Readonly<Record<string, unknown>>;

/** The language takes no more ids at once. */
const MOST_IDS = 1_000_000;

/** A choice can't be written, in words for the reader. */
export class UnwritableError extends Error {
  override readonly name = "UnwritableError";
}

export class Writer {
  /** Items that had to be written by their ids. */
  byId = 0;

  constructor(
    private readonly bundle: MapBundle,
    private readonly rows: RowsWorker,
  ) {}

  /** Raises UnwritableError, or MapError where the rows can't be read. */
  async write(said: Said): Promise<Json> {
    switch (said.kind) {
      case "form":
        return said.form;
      case "not":
        return { not: await this.write(said.part) };
      case "like": {
        const [item] = await this.idsOf(Uint32Array.of(said.item));
        return { vector_search: { item, k: said.k } };
      }
      case "items":
        return this.ids(itemsOf(unpacked(said.bits, this.bundle.count)));
      default: {
        const parts: Json[] = [];
        for (const part of said.parts) parts.push(await this.write(part));
        return { [said.kind]: parts };
      }
    }
  }

  async ids(items: Uint32Array): Promise<Json> {
    this.byId += items.length;
    return { ids: await this.idsOf(items) };
  }

  private async idsOf(items: Uint32Array): Promise<unknown[]> {
    const { fields, rows } = this.bundle.manifest;
    const field = fields.find(({ role }) => role === "id") ?? fields[0];
    if (!rows || !field) throw new UnwritableError("This map carries no ids, by which items could be told.");
    if (items.length > MOST_IDS)
      throw new UnwritableError(
        `${items.length.toLocaleString("en")} ids are more than a selection takes, 1,000,000. Tag the items instead.`,
      );
    if (items.length === 0) return [];
    const read = await this.rows.ask({ kind: "rows", items, fields: [field.name] });
    return read.map((row) => idOf(row[field.name], field.type));
  }
}

/** An id as JSON has it: whole numbers beyond 2⁵³ as text. */
function idOf(value: unknown, type: Parameters<typeof plainText>[1]): string | number | boolean {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number" || typeof value === "boolean") return value;
  return plainText(value, type);
}
