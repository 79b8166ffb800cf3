/** Words that lie over the map on the page, as parts of its picture. */

import { hexOf } from "../data/oklab.ts";
import { type Part, text } from "./parts.ts";

/** Names on the map, as they stand on the screen now. */
export function labelParts(root: ParentNode = document): Part[] {
  const host = root.querySelector<HTMLElement>(".map-labels");
  if (!host || host.hidden) return [];
  const colors = colorReader();
  const halo = colors(getComputedStyle(document.documentElement).getPropertyValue("--ground"), 1);
  return Array.from(host.querySelectorAll<HTMLElement>(".map-label b"), (word) => {
    const { left, top, width, height } = word.getBoundingClientRect();
    const { color, fontSize, fontWeight, opacity } = getComputedStyle(word);
    const size = Number.parseFloat(fontSize) || 12;
    return text({
      text: word.textContent ?? "",
      x: left + width / 2,
      y: top + height / 2 + size * 0.33,
      size,
      family: "serif",
      fill: colors(color, Number(opacity)),
      anchor: "middle",
      weight: Number(fontWeight) || 400,
      halo,
    });
  }).filter(({ text: words }) => words !== "");
}

/** Reads any colour that CSS can write as six digits, mixed with the page's ground where it is see-through. */
function colorReader(): (color: string, opacity: number) => string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const ground = getComputedStyle(document.documentElement).getPropertyValue("--ground");
  return (color, opacity) => {
    for (const [fill, alpha] of [
      [ground, 1],
      [color, opacity],
    ] as const) {
      context.globalAlpha = alpha;
      context.fillStyle = fill;
      context.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
    return hexOf([r!, g!, b!]);
  };
}
