/** Reads the items' fields away from the main thread: for words, files, the table and its order. */

import { Source } from "../bundle/source.ts";
import type { Job, Message, Opening } from "./jobs.ts";
import { ShardReader } from "./reader.ts";
import { countTerms, readRows, sortByText, writeFile } from "./work.ts";

const port = self as unknown as {
  onmessage: (event: MessageEvent<Opening | { id: number; job: Job }>) => void;
  postMessage(message: Message): void;
};

let reader: ShardReader;

port.onmessage = ({ data }) => {
  if ("kind" in data) {
    reader = new ShardReader(data.rows, new Source(new URL(data.base)));
    return;
  }
  const { id, job } = data;
  work(job, (progress) => port.postMessage({ id, progress })).then(
    (answer) => port.postMessage({ id, answer }),
    (error: unknown) =>
      port.postMessage({ id, error: error instanceof Error ? error.message : String(error) }),
  );
};

function work(job: Job, onProgress: (share: number) => void): Promise<unknown> {
  switch (job.kind) {
    case "rows":
      return readRows(reader, job);
    case "terms":
      return countTerms(reader, job, onProgress);
    case "sort":
      return sortByText(reader, job, onProgress);
    case "file":
      return writeFile(reader, job, onProgress);
  }
}
