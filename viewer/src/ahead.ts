/**
 * Stands within the page's HTML and runs before the page's scripts have come: it asks for what the first picture is made of.
 * main.tsx takes over what has been begun. (It could open the device, too; but where that takes long, the scripts would wait.)
 */

import { type Ahead, urlOf } from "./bundle/ahead.ts";
import type { Manifest } from "./bundle/manifest.ts";
import { OWN_COLORS } from "./data/own.ts";

const begun: Ahead = new Map();
window.terrellaAhead = begun;

function begin(path: string): Promise<Response> {
  const url = urlOf(path);
  const answer = fetch(url);
  answer.catch(() => undefined); // told to whoever takes it
  begun.set(url, answer);
  return answer;
}

/** The first part of the projection that the address names, and of its colours; as MapBundle.begin asks for them. */
function beginPicture({ view, projections, columns, sprites }: Manifest): void {
  const asked = new URLSearchParams(location.hash.slice(1));
  const color = asked.get("color") ?? view.color;
  const projection =
    projections.find(({ name }) => name === asked.get("projection")) ??
    projections.find(({ name }) => name === view.projection);
  const own = color === null || color === OWN_COLORS;
  const colors = own ? sprites?.colors : columns.find(({ name }) => name === color)?.values;
  for (const array of [projection?.positions, colors]) if (array) begin(array.parts[0].path);
}

begin("manifest.json")
  .then(async (answer) => answer.ok && beginPicture((await answer.clone().json()) as Manifest))
  .catch(() => undefined); // main.tsx says what is wrong with it
