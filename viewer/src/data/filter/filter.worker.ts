/** Filters and counts away from the main thread. */

import { readArray } from "../../bundle/arrays.ts";
import { Source } from "../../bundle/source.ts";
import { FilterDesk } from "./desk.ts";
import type { FilterAnswer, FilterJob } from "./messages.ts";

const port = self as unknown as {
  onmessage: (event: MessageEvent<FilterJob>) => void;
  postMessage(answer: FilterAnswer, transfer: Transferable[]): void;
};

let desk: FilterDesk | null = null;

port.onmessage = ({ data: job }) => {
  if (job.kind !== "open") return desk?.take(job);
  const source = new Source(new URL(job.base));
  desk = new FilterDesk(
    job.columns,
    job.count,
    (column) => readArray(source, column.values),
    (answer, transfer = []) => port.postMessage(answer, transfer),
  );
};
