import { batch, signal } from "@preact/signals";
import type { Tab, ViewState } from "../state.ts";

/** On a phone the workbench is a sheet at the bottom, folded until it is wanted. */
export const unfolded = signal(false);

/** Open the workbench at a page. */
export function showPage({ tab }: ViewState, page: Tab): void {
  batch(() => {
    tab.value = page;
    unfolded.value = true;
  });
}
