/** Words that lie over the map on the page, as parts of its picture. */

import { type Part, text } from "./parts.ts";

/** Names on the map, as they stand on the screen now. */
export function labelParts(root: ParentNode = document): Part[] {
  const halo = getComputedStyle(document.documentElement).getPropertyValue("--ground").trim();
  return Array.from(root.querySelectorAll<HTMLElement>(".map-label"), (label) => {
    const { left, top, width, height } = label.getBoundingClientRect();
    const style = getComputedStyle(label);
    const size = Number.parseFloat(style.fontSize) || 12;
    return text({
      text: label.textContent ?? "",
      x: left + width / 2,
      y: top + height / 2 + size * 0.35,
      size,
      family: /serif|palatino|georgia/i.test(style.fontFamily.split(",")[0]!) ? "serif" : "sans",
      fill: hexColor(style.color),
      anchor: "middle",
      weight: Number(style.fontWeight) || 400,
      halo,
    });
  }).filter(({ text: words }) => words !== "");
}

function hexColor(color: string): string {
  const channels = (color.match(/[\d.]+/g) ?? ["128", "128", "128"]).slice(0, 3);
  return `#${channels.map((one) => Math.round(Number(one)).toString(16).padStart(2, "0")).join("")}`;
}
