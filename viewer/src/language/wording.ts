/** Takes the choice out of the page as a selection in JSON, and takes one in. */

import { batch, type Signal, signal } from "@preact/signals";
import type { MapBundle } from "../bundle/index.ts";
import { countOf, itemsOf, type Mask } from "../data/mask.ts";
import type { RowsWorker } from "../rows/client.ts";
import type { ViewState } from "../state.ts";
import { choiceOf } from "./local.ts";
import { passingSaid } from "./passing.ts";
import { form, saidOf, tell } from "./said.ts";
import { selectedBy } from "./server.ts";
import { type Json, Writer } from "./write.ts";

/** What was written last, and what the reader should know of it. */
export interface Written {
  readonly text: string;
  readonly note: string;
}

interface Checked {
  readonly json: Json;
  readonly note: string;
}

/** So many items at an outline's rim, or this share of all, may be put right by their ids; more, and all are ids. */
const FEW = 200;
const FEW_SHARE = 0.02;

export class Wording {
  readonly written: Signal<Written | null> = signal(null);
  readonly problem = signal("");
  readonly busy = signal(false);

  constructor(
    private readonly bundle: MapBundle,
    private readonly rows: RowsWorker,
    private readonly state: ViewState,
  ) {}

  /** Write what is chosen, or where nothing is, what is lit; returns the text, null where it can't be written. */
  async write(): Promise<string | null> {
    const { chosen, passing } = this.state;
    const wanted = chosen.peek() ?? passing.peek() ?? new Uint8Array(this.bundle.count).fill(1);
    const said = chosen.peek() ? saidOf(wanted) : (passingSaid(this.state) ?? saidOf(wanted));
    return this.working(async () => {
      const writer = new Writer(this.bundle, this.rows);
      let json = await writer.write(said);
      let note = idsNote(writer.byId, countOf(wanted));
      if (this.bundle.api && !("ids" in json)) {
        const checked = await this.checked(json, wanted);
        json = checked.json;
        note = checked.note || note;
      }
      const text = JSON.stringify(json);
      this.written.value = { text, note };
      return text;
    });
  }

  /** Choose what a selection means; returns how many items that are, null where it can't be read. */
  open(text: string): Promise<number | null> {
    return this.working(async () => {
      const json = parsed(text);
      const mask = this.bundle.api
        ? await selectedBy(this.bundle, json)
        : await choiceOf(this.bundle, this.state.tags.list.peek(), json);
      const count = countOf(mask);
      if (count === 0) throw new Error("This selection means none of the map's items.");
      batch(() => {
        this.state.chosen.value = tell(mask, form(json));
        this.written.value = null;
      });
      return count;
    });
  }

  /** Let the server read what was written: what it chooses otherwise is put right by ids, or all is. */
  private async checked(json: Json, wanted: Mask): Promise<Checked> {
    const read = await selectedBy(this.bundle, json).catch((error: Error) => error);
    if (read instanceof Error)
      return this.byIds(wanted, `The server does not read it otherwise: ${read.message}`);
    const [more, less] = [difference(read, wanted), difference(wanted, read)];
    const wrong = more.length + less.length;
    if (wrong === 0) return { json, note: "" };
    const writer = new Writer(this.bundle, this.rows);
    if (wrong > FEW && wrong > FEW_SHARE * countOf(wanted)) {
      return this.byIds(wanted, "No form of the language says exactly this choice.");
    }
    let right = json;
    if (more.length > 0) right = { all: [right, { not: await writer.ids(more) }] };
    if (less.length > 0) right = { any: [right, await writer.ids(less)] };
    const items = wrong === 1 ? "1 item is" : `${wrong} items are`;
    return { json: right, note: `${items} put right by id.` };
  }

  private async byIds(wanted: Mask, why: string): Promise<Checked> {
    return { json: await new Writer(this.bundle, this.rows).ids(itemsOf(wanted)), note: `By ids. ${why}` };
  }

  private async working<T>(deed: () => Promise<T>): Promise<T | null> {
    batch(() => {
      this.busy.value = true;
      this.problem.value = "";
    });
    try {
      return await deed();
    } catch (error) {
      this.problem.value = (error as Error).message;
      return null;
    } finally {
      this.busy.value = false;
    }
  }
}

function parsed(text: string): Json {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('This is no JSON. A selection is an object such as {"tag": "checked"}.');
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new Error('A selection is an object such as {"tag": "checked"}.');
  return json as Json;
}

function idsNote(byId: number, all: number): string {
  if (byId === 0) return "";
  const items = byId === 1 ? "1 item is" : `${byId.toLocaleString("en")} items are`;
  return byId >= all
    ? "By ids: single items and a brush's strokes have no other form."
    : `${items} told by id.`;
}

/** Items that belong to one and not to the other. */
function difference(one: Mask, other: Mask): Uint32Array {
  const left = one.slice();
  for (let item = 0; item < left.length; item++) left[item]! &= 1 - other[item]!;
  return itemsOf(left);
}
