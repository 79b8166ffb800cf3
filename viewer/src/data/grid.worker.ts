/** Lays items out on a grid away from the main thread. */

import type { Layout } from "../layers/layout.ts";
import { griddedLayout } from "./grid.ts";

const port = self as unknown as {
  onmessage: (event: MessageEvent<Layout>) => void;
  postMessage(layout: Layout, transfer: Transferable[]): void;
};

port.onmessage = ({ data }) => {
  const layout = griddedLayout(data);
  port.postMessage(layout, [layout.cells.buffer as ArrayBuffer, layout.fine?.buffer as ArrayBuffer]);
};
