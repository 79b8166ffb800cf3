/** Takes the selection out of the page: as CSV or ids from the map's own files, as Parquet through the server. */

import { type Signal, signal } from "@preact/signals";
import type { MapBundle } from "../bundle/index.ts";
import { packed } from "../data/bits.ts";
import { itemsOf, type Mask } from "../data/mask.ts";
import type { RowsWorker } from "../rows/client.ts";
import type { Tag } from "../state/tags.ts";

export type Format = "csv" | "ids" | "parquet";

export interface Exporting {
  readonly format: Format;
  /** 0 … 1; null where nobody can tell. */
  readonly progress: number | null;
}

export class Exporter {
  /** What is being written, or null. */
  readonly busy: Signal<Exporting | null> = signal(null);
  readonly problem: Signal<string> = signal("");
  private giveUp = new AbortController();

  constructor(
    private readonly bundle: MapBundle,
    private readonly rows: RowsWorker,
    private readonly fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args),
  ) {}

  /** Whether the map can be taken out in this form, here. */
  can(format: Format): boolean {
    return format === "parquet" ? this.bundle.api !== null : this.bundle.manifest.rows !== null;
  }

  async save(format: Format, chosen: Mask, tags: readonly Tag[]): Promise<void> {
    this.cancel();
    this.giveUp = new AbortController();
    const { signal: stop } = this.giveUp;
    this.problem.value = "";
    this.busy.value = { format, progress: null };
    try {
      const file = await (format === "parquet"
        ? this.parquet(chosen, stop)
        : this.text(format, chosen, tags, stop));
      if (stop.aborted) return;
      const name = this.bundle.manifest.name;
      download(file, `${name}-selection.${format === "ids" ? "ids.txt" : format}`);
    } catch (error) {
      if (!stop.aborted) this.problem.value = `It could not be written: ${(error as Error).message}`;
    } finally {
      if (!stop.aborted) this.busy.value = null;
    }
  }

  cancel(): void {
    this.giveUp.abort();
    this.busy.value = null;
  }

  private text(
    format: "csv" | "ids",
    chosen: Mask,
    tags: readonly Tag[],
    signal: AbortSignal,
  ): Promise<Blob> {
    const all = this.bundle.manifest.fields;
    const id = all.find(({ role }) => role === "id") ?? all[0]!;
    const fields = (format === "ids" ? [id] : all).map(({ name, type }) => ({ name, type }));
    const onProgress = (progress: number) => {
      this.busy.value = { format, progress };
    };
    const own = format === "csv" ? tags.map(({ name, items }) => ({ name, items })) : [];
    const job = { kind: "file" as const, format, items: itemsOf(chosen), fields, tags: own };
    return this.rows.ask(job, { onProgress, signal });
  }

  private async parquet(chosen: Mask, signal: AbortSignal): Promise<Blob> {
    const answer = await this.fetch(new URL("export", this.bundle.api!), {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body: packed(chosen),
      signal,
    }).catch((error: Error) => {
      throw signal.aborted ? error : new Error("the server does not answer.");
    });
    if (answer.ok) return answer.blob();
    const { error } = (await answer.json().catch(() => ({}))) as { error?: string };
    throw new Error(error ?? `the server answered ${answer.status}.`);
  }
}

/** Hand a file to the reader. */
export function download(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
