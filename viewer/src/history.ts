import { effect } from "@preact/signals";
import { type Address, readAddress, writeAddress } from "./address.ts";
import type { Manifest } from "./bundle/index.ts";
import { addressOf, applyAddress, type ViewState } from "./state.ts";
import type { Steering } from "./steering.ts";

/**
 * Keep the page's fragment and the state alike. Another projection, colour or isolation is a step that "back" undoes, as is
 * whatever else travels in the address; moving the camera or the timeline, pinning an item and changing the look only rewrite the step.
 */
export function keepAddress(manifest: Manifest, state: ViewState, steering: Steering): void {
  let step = stepOf(addressOf(state, manifest));
  let written = location.hash;
  effect(() => {
    const address = addressOf(state, manifest);
    const text = writeAddress(address);
    if (text === written) return;
    const taken = stepOf(address) !== step;
    step = stepOf(address);
    written = text;
    const url = text || location.pathname + location.search;
    if (taken) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
  });
  const restore = () => {
    if (location.hash === written) return;
    const address = readAddress(location.hash);
    step = stepOf(address);
    written = location.hash;
    applyAddress(state, manifest, address);
    steering.go(address.camera);
  };
  addEventListener("popstate", restore);
}

/** What is a step: all but where one looks and how it looks. */
function stepOf(address: Address): string {
  const { camera, item, kin, reach, theme, ink, size, frame, palette, ramp, reversed, ...others } = address;
  const { labels, density, trails, minimap, apart, ...step } = others;
  return JSON.stringify(step);
}
