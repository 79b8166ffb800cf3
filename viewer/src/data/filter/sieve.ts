/** The page's end of the filtering worker. */

import type { MapBundle } from "../../bundle/index.ts";
import type { FilterAnswer, FilterJob, WatchedFacet } from "./messages.ts";
import type { Rules } from "./rules.ts";

export class Sieve {
  private worker: Worker | null = null;
  private newest = 0;

  constructor(
    private readonly bundle: MapBundle,
    private readonly onAnswer: (answer: FilterAnswer) => void,
  ) {}

  /** Filter by these rules; answers to older ones are dropped. Nothing is started for the sake of no rules. */
  apply(rules: Rules): void {
    this.newest++;
    if (this.worker || rules.filters.length > 0) this.post({ kind: "rules", id: this.newest, rules });
  }

  watch(facets: readonly WatchedFacet[]): void {
    if (this.worker || facets.length > 0) this.post({ kind: "watch", facets });
  }

  private post(job: FilterJob): void {
    this.worker ??= this.start();
    this.worker.postMessage(job);
  }

  private start(): Worker {
    const worker = new Worker(new URL("./filter.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FilterAnswer>) => {
      const numbered = data.kind === "mask" || (data.kind === "trouble" && data.id !== null);
      if (!numbered || data.id === this.newest) this.onAnswer(data);
    };
    const { manifest, source } = this.bundle;
    const { columns, count } = manifest;
    worker.postMessage({ kind: "open", base: source.base.href, columns, count } satisfies FilterJob);
    return worker;
  }
}
