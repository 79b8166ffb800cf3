/** Keeps the tags: on the server where it takes them, else in this browser. They count in dataset rows, which outlast a map. */

import { effect } from "@preact/signals";
import type { MapBundle } from "../bundle/index.ts";
import { maskOfRuns, runsText } from "../data/bits.ts";
import { itemsOf, type Mask } from "../data/mask.ts";
import { PALETTE_SIZE } from "../data/palette.ts";
import { type Tag, type TagsState, tidyName } from "../state/tags.ts";

/** A tag as the server and files have it. */
export interface KeptTag {
  readonly name: string;
  readonly color: number;
  readonly rows: readonly number[];
}

const FORMAT = "terrella-tags";
const PAUSE_MS = 350;

export class TagKeeper {
  /** Dataset row of each item. */
  private order: Uint32Array | null = null;
  private etag: string | null = null;
  private offered = false;
  private timer = 0;
  private saved: readonly Tag[] = [];

  constructor(
    private readonly bundle: MapBundle,
    private readonly state: TagsState,
    private readonly fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args),
  ) {}

  /** Read what is kept, put it in through `quietly`, and from then on keep what changes. */
  async start(quietly: (change: () => void) => void): Promise<void> {
    const kept = (await this.readServer()) ?? this.readBrowser();
    if (kept.length > 0 && this.state.list.peek().length === 0) {
      const tags = await this.tagsOf(kept);
      this.saved = tags;
      quietly(() => {
        this.state.list.value = tags;
      });
    }
    effect(() => {
      const tags = this.state.list.value;
      if (tags === this.saved) return;
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.save(tags), PAUSE_MS);
    });
  }

  /** The tags as a file that can be read back, here or on another machine. */
  async file(): Promise<Blob> {
    const tags = await this.keptOf(this.state.list.peek());
    const content = { format: FORMAT, version: 1, name: this.bundle.manifest.name, tags };
    return new Blob([JSON.stringify(content)], { type: "application/json" });
  }

  /** Join the tags of a file with those here; raises an error that says what is wrong with it. */
  async read(text: string): Promise<number> {
    const tags = await this.tagsOf(keptTags(text));
    const names = new Set(tags.map(({ name }) => name));
    this.state.list.value = [...this.state.list.peek().filter(({ name }) => !names.has(name)), ...tags];
    return tags.length;
  }

  private async save(tags: readonly Tag[]): Promise<void> {
    this.saved = tags;
    const kept = await this.keptOf(tags);
    const problem = this.offered ? await this.writeServer(kept) : "no server";
    this.state.problem.value = "";
    if (problem === "") return;
    const failed = await this.writeBrowser(tags);
    if (failed) this.state.problem.value = failed;
    else if (this.offered) {
      this.state.problem.value = `The server did not take the tags: ${problem} They are kept in this browser.`;
    }
  }

  private get address(): URL | null {
    return this.bundle.api && new URL("tags", this.bundle.api);
  }

  private async readServer(): Promise<KeptTag[] | null> {
    if (!this.address) return null;
    try {
      const answer = await this.fetch(this.address);
      if (!answer.ok) return null;
      this.etag = answer.headers.get("etag");
      const tags = keptTags(await answer.text());
      this.offered = true;
      return tags;
    } catch {
      return null; // an older server, or none any more: the browser keeps them
    }
  }

  /** Send all tags; where another tab has changed them, join with its tags and send again. Returns what went wrong. */
  private async writeServer(tags: readonly KeptTag[], again = true): Promise<string> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (this.etag) headers["If-Match"] = this.etag;
    try {
      const body = JSON.stringify({ tags });
      const answer = await this.fetch(this.address!, { method: "PUT", headers, body });
      if (answer.ok) {
        this.etag = answer.headers.get("etag");
        return "";
      }
      if (answer.status !== 412 || !again) {
        const { error } = (await answer.json().catch(() => ({}))) as { error?: string };
        return error ?? `It answered ${answer.status}.`;
      }
      const others = ((await this.readServer()) ?? []).filter(({ name }) =>
        tags.every((tag) => tag.name !== name),
      );
      const joined = [...tags, ...others];
      if (others.length > 0) {
        this.saved = [...this.state.list.peek(), ...(await this.tagsOf(others))];
        this.state.list.value = this.saved;
      }
      return await this.writeServer(joined, false);
    } catch {
      return "It does not answer.";
    }
  }

  private get key(): string {
    return `${FORMAT}:${this.bundle.manifest.name}`;
  }

  private readBrowser(): KeptTag[] {
    try {
      const text = localStorage.getItem(this.key);
      if (!text) return [];
      const found = JSON.parse(text) as {
        rows: number;
        tags: { name: string; color: number; runs: string }[];
      };
      return found.tags.map(({ name, color, runs }) => {
        const rows = maskOfRuns(runs, found.rows);
        return { name: tidyName(name), color, rows: rows ? [...itemsOf(rows)] : [] };
      });
    } catch {
      return []; // not ours, or the browser keeps nothing
    }
  }

  /** Returns why the browser did not keep them, or nothing. */
  private async writeBrowser(tags: readonly Tag[]): Promise<string> {
    const kept = await this.keptOf(tags);
    const rows = kept.reduce((most, tag) => Math.max(most, (tag.rows.at(-1) ?? -1) + 1), 0);
    const runs = kept.map(({ name, color, rows: own }) => {
      const mask = new Uint8Array(rows);
      for (const row of own) mask[row] = 1;
      return { name, color, runs: runsText(mask) };
    });
    try {
      if (tags.length === 0) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify({ rows, tags: runs }));
      return "";
    } catch {
      return "This browser does not keep the tags: save them as a file before you leave.";
    }
  }

  private async keptOf(tags: readonly Tag[]): Promise<KeptTag[]> {
    if (tags.length === 0) return [];
    const order = await this.rows();
    return tags.map(({ name, color, items }) => {
      const rows = Array.from(itemsOf(items), (item) => order[item]!).sort((a, b) => a - b);
      return { name, color, rows };
    });
  }

  /** Rows that are not on this map are left out. */
  private async tagsOf(kept: readonly KeptTag[]): Promise<Tag[]> {
    const order = await this.rows();
    const wanted = new Map<number, number[]>();
    for (const [k, { rows }] of kept.entries()) {
      for (const row of rows) {
        const tags = wanted.get(row);
        if (tags) tags.push(k);
        else wanted.set(row, [k]);
      }
    }
    const masks: Mask[] = kept.map(() => new Uint8Array(this.bundle.count));
    for (let item = 0; item < order.length; item++) {
      for (const k of wanted.get(order[item]!) ?? []) masks[k]![item] = 1;
    }
    return kept.map(({ name, color }, k) => ({ name, color, items: masks[k]! }));
  }

  private async rows(): Promise<Uint32Array> {
    this.order ??= await this.bundle.order();
    return this.order;
  }
}

/** Read tags as JSON; raises an error that says what they lack. */
export function keptTags(text: string): KeptTag[] {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Error("This file is no JSON. Choose one that was saved here.");
  }
  const list = (found as { tags?: unknown } | null)?.tags;
  const version = (found as { version?: unknown } | null)?.version ?? 1;
  if (!Array.isArray(list)) throw new Error("This file holds no tags. Choose one that was saved here.");
  if (version !== 1) throw new Error(`These tags have version ${version}, this page reads 1.`);
  return list.map((entry: { name?: unknown; color?: unknown; rows?: unknown }, k) => {
    const name = typeof entry?.name === "string" ? tidyName(entry.name) : "";
    const rows = Array.isArray(entry?.rows)
      ? entry.rows.filter((row) => Number.isInteger(row) && row >= 0)
      : null;
    if (name === "" || !rows) throw new Error(`Tag ${k + 1} of this file has no name or no rows.`);
    const color = Number.isInteger(entry.color)
      ? Math.abs(entry.color as number) % PALETTE_SIZE
      : k % PALETTE_SIZE;
    return { name, color, rows: rows as number[] };
  });
}
