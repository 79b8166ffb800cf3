/** Computes density fields away from the main thread. */

import type { Layout } from "../layers/layout.ts";
import { type DensityField, densityOf } from "./density.ts";

export interface DensityJob {
  readonly id: number;
  readonly layout: Layout;
  /** See ItemStyle. */
  readonly words: Uint32Array;
}

export interface DensityAnswer {
  readonly id: number;
  readonly field: DensityField;
}

const port = self as unknown as {
  onmessage: (event: MessageEvent<DensityJob>) => void;
  postMessage(answer: DensityAnswer, transfer: Transferable[]): void;
};

port.onmessage = ({ data: { id, layout, words } }) => {
  const field = densityOf(layout, words);
  port.postMessage({ id, field }, [field.texels.buffer]);
};
