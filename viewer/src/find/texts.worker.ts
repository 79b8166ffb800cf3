/** Searches the map's texts away from the main thread. */

import { type Manifest, MapBundle, Source } from "../bundle/index.ts";
import { matcherOf } from "./query.ts";
import { Texts } from "./texts.ts";

export type TextJob =
  | { readonly manifest: Manifest; readonly base: string }
  | { readonly id: number; readonly text: string; readonly fields: readonly string[] | null }
  /** Give up what is being searched. */
  | { readonly id: number };

export interface TextAnswer {
  readonly id: number;
  /** More items that match, ascending. */
  readonly items?: Uint32Array;
  /** Share of the rows that were gone through, 1 at the end. */
  readonly done?: number;
  readonly problem?: string;
}

const port = self as unknown as {
  onmessage: (event: MessageEvent<TextJob>) => void;
  postMessage(answer: TextAnswer): void;
};

let texts: Texts | null = null;
let newest = 0;

port.onmessage = async ({ data }) => {
  if ("manifest" in data) {
    texts = new Texts(new MapBundle(data.manifest, new Source(new URL(data.base))));
    return;
  }
  const { id } = data;
  newest = id;
  if (!("text" in data)) return;
  try {
    const tell = (items: Uint32Array, done: number) => port.postMessage({ id, items, done });
    await texts!.search(matcherOf(data.text), { tell, stale: () => newest !== id, fields: data.fields });
  } catch (error) {
    port.postMessage({ id, problem: (error as Error).message });
  }
};
