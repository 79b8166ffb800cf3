/** Says what is special about the selection: column by column on the page, words in the rows' worker. */

import { type Signal, signal } from "@preact/signals";
import type { Column, MapBundle } from "../bundle/index.ts";
import { itemsOf, type Mask } from "../data/mask.ts";
import type { FieldLike, RowsWorker } from "../rows/client.ts";
import { type Finding, numberFinding, termFindings, valueFindings } from "./special.ts";

export interface Report {
  /** Of which selection. */
  readonly chosen: Mask;
  /** Most telling first. */
  readonly findings: readonly Finding[];
  /** How far the words have been read, 0 … 1; 1 where there are none. */
  readonly progress: number;
  /** How many items the words were read of, inside and outside; null before, or where there are none. */
  readonly read: { readonly inside: number; readonly outside: number } | null;
  readonly problem: string;
}

const MOST_TERMS = 40;
/** So long a selection must rest before its columns and then its words are read. */
const REST_MS = 250;

export class Analyst {
  readonly report: Signal<Report | null> = signal(null);
  private giveUp = new AbortController();
  private timer = 0;

  constructor(
    private readonly bundle: MapBundle,
    private readonly rows: RowsWorker,
  ) {}

  /** Study a selection, in place of the one before; null for none. */
  study(chosen: Mask | null): void {
    if (this.report.peek()?.chosen === chosen && chosen) return;
    this.giveUp.abort();
    this.giveUp = new AbortController();
    clearTimeout(this.timer);
    this.report.value = null;
    if (!chosen) return;
    const { signal: stop } = this.giveUp;
    this.timer = window.setTimeout(() => void this.work(chosen, stop), REST_MS);
  }

  private async work(chosen: Mask, stop: AbortSignal): Promise<void> {
    const fields = this.textFields();
    let report: Report = {
      chosen,
      findings: [],
      progress: fields.length > 0 ? 0 : 1,
      read: null,
      problem: "",
    };
    const tell = (change: Partial<Report>) => {
      if (stop.aborted) return;
      report = { ...report, ...change };
      this.report.value = report;
    };
    try {
      for (const column of this.bundle.manifest.columns) {
        const found = await this.columnFindings(column, chosen);
        await new Promise((resolve) => setTimeout(resolve, 0)); // a column at a time: the map goes on moving
        if (stop.aborted) return;
        tell({ findings: ranked([...report.findings, ...found]) });
      }
      tell({});
      if (fields.length > 0) await this.words(chosen, fields, stop, tell, () => report);
    } catch (error) {
      if (!stop.aborted) tell({ progress: 1, problem: (error as Error).message });
    }
  }

  private async columnFindings(column: Column, chosen: Mask): Promise<Finding[]> {
    const values = await this.bundle.values(column.name);
    if (column.kind === "category") return valueFindings(column, values, chosen);
    const one = numberFinding(column, values, chosen);
    return one ? [one] : [];
  }

  private async words(
    chosen: Mask,
    fields: readonly FieldLike[],
    stop: AbortSignal,
    tell: (change: Partial<Report>) => void,
    now: () => Report,
  ): Promise<void> {
    const inside = itemsOf(chosen);
    const outside = itemsOf(chosen.map((is) => 1 - is));
    const answer = await this.rows.ask(
      { kind: "terms", inside, outside, fields },
      { signal: stop, onProgress: (progress) => tell({ progress: Math.min(progress, 0.99) }) },
    );
    const titles = new Map(this.bundle.manifest.fields.map(({ name, title }) => [name, title]));
    const terms = ranked(termFindings(answer, (field) => titles.get(field) ?? field)).slice(0, MOST_TERMS);
    const read = { inside: answer.inside, outside: answer.outside };
    tell({ findings: ranked([...now().findings, ...terms]), progress: 1, read });
  }

  /** Fields whose words are read: texts and lists that are no column of their own. */
  private textFields(): FieldLike[] {
    const { rows, fields, columns } = this.bundle.manifest;
    const known = new Set(columns.map(({ name }) => name));
    if (!rows) return [];
    return fields
      .filter(({ type, role, name }) => {
        const worded = type === "string" || type === "list";
        return worded && role !== "id" && role !== "image" && !known.has(name);
      })
      .map(({ name, type }) => ({ name, type }));
  }
}

function ranked(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => b.score - a.score);
}
