/** Builds picking indices away from the main thread. */

import type { Layout } from "../layers/layout.ts";
import { buildIndex } from "./picking.ts";

export interface IndexJob {
  readonly layout: Layout;
  readonly count: number;
}

export interface IndexAnswer {
  /** What KDBush.from takes. */
  readonly data: ArrayBuffer;
}

const port = self as unknown as {
  onmessage: (event: MessageEvent<IndexJob>) => void;
  postMessage(answer: IndexAnswer, transfer: Transferable[]): void;
};

port.onmessage = ({ data: { layout, count } }) => {
  const data = buildIndex(layout, count).data as ArrayBuffer;
  port.postMessage({ data }, [data]);
};
