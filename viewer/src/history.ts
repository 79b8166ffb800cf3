import { effect, signal } from "@preact/signals";
import { type Address, readAddress, writeAddress } from "./address.ts";
import type { Manifest } from "./bundle/index.ts";
import { isWritten, selectionText } from "./state/selection.ts";
import { addressOf, applyAddress, type ViewState } from "./state.ts";
import type { Steering } from "./steering.ts";

/** Characters of an address that is written later, and how much. */
const LONG = 1000;
const LATER_MS = 60;

/**
 * Keep the page's fragment and the state alike. Another projection, colour or isolation is a step that "back" undoes, as is
 * whatever else travels in the address; moving the camera or the timeline, pinning an item and changing the look only rewrite the step.
 */
export function keepAddress(
  manifest: Manifest,
  state: ViewState,
  steering: Steering,
  say: (words: string) => void,
  open: (selection: string) => void,
): void {
  let step = stepOf(addressOf(state, manifest));
  let written = location.hash;
  let timer = 0;
  let pushing = false;
  const unwritten = lately(manifest, state);
  effect(() => {
    if (unwritten()) return;
    const address = addressOf(state, manifest);
    const text = writeAddress(address);
    if (text === written) return;
    pushing ||= stepOf(address) !== step;
    step = stepOf(address);
    written = text;
    clearTimeout(timer);
    const url = text || location.pathname + location.search;
    const write = () => {
      if (written !== text) return; // another page of the history has been gone to meanwhile
      const taken = pushing;
      pushing = false;
      if (taken) history.pushState(null, "", url);
      else history.replaceState(null, "", url);
    };
    // A browser takes its time over a long address: the stroke that made it is shown first.
    if (text.length < LONG) write();
    else timer = window.setTimeout(write, LATER_MS);
  });
  let linked = true;
  effect(() => {
    if (unwritten()) return;
    const chosen = state.chosen.value;
    const fits = !chosen || selectionText(manifest, chosen) !== null;
    if (linked && !fits) say("This selection is too scattered for a link; tag it, or export it, to keep it.");
    linked = fits;
  });
  const restore = () => {
    if (location.hash === written) return;
    const address = readAddress(location.hash);
    step = stepOf(address);
    written = location.hash;
    applyAddress(state, manifest, address);
    steering.go(address.camera);
    if (address.select) open(address.select);
  };
  addEventListener("popstate", restore);
}

/**
 * Tells an effect whether something has only just been chosen, and runs it again once that is written: a large selection takes
 * its time, and the stroke that made it is shown first.
 */
function lately(manifest: Manifest, { chosen }: ViewState): () => boolean {
  const written = signal(0);
  let timer = 0;
  return () => {
    void written.value;
    const mask = chosen.value;
    if (!mask || isWritten(mask)) return false;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      selectionText(manifest, mask);
      written.value++;
    });
    return true;
  };
}

/** What is a step: all but where one looks and how it looks. */
function stepOf(address: Address): string {
  const { camera, item, kin, reach, theme, ink, size, frame, palette, ramp, reversed, ...others } = address;
  const { labels, density, trails, minimap, apart, speed, loop, ...step } = others;
  return JSON.stringify(step);
}
