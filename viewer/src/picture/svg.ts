/** A sheet as SVG. Its words come from data: everything is escaped. */

import { FAMILIES, type Part } from "./parts.ts";
import type { Sheet } from "./sheet.ts";

/** Write the sheet as a document; `map` is the map's own markup in a box of its size at the origin. */
export function svgOf(sheet: Sheet, map: string, title: string): string {
  const { width, height, ground } = sheet;
  const { x, y, width: wide, height: tall } = sheet.map;
  const size = (w: number, h: number) => `width="${short(w)}" height="${short(h)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size(width, height)} viewBox="0 0 ${short(width)} ${short(height)}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect ${size(width, height)} fill="${ground}"/>`,
    `<svg x="${short(x)}" y="${short(y)}" ${size(wide, tall)} overflow="hidden">${map}</svg>`,
    ...sheet.parts.map(partSvg),
    "</svg>",
  ].join("\n");
}

export function partSvg(part: Part): string {
  if (part.kind === "box") {
    const { x, y, width, height, radius, fill, stroke } = part;
    const round = radius > 0 ? ` rx="${short(radius)}"` : "";
    return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"${round} fill="${fill}" stroke="${stroke}"/>`;
  }
  const { x, y, size, family, fill, anchor, weight, halo } = part;
  const glow = halo
    ? ` stroke="${halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke" stroke-opacity="0.85"`
    : "";
  return `<text x="${short(x)}" y="${short(y)}" font-family="${FAMILIES[family]}" font-size="${short(size)}" font-weight="${weight}" text-anchor="${anchor}" fill="${fill}"${glow}>${escaped(part.text)}</text>`;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What XML 1.0 allows of control characters: tab, line feed, carriage return. */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu;

/** Text for XML: markup as words, and no characters that XML forbids. */
export function escaped(words: string): string {
  return words.replace(FORBIDDEN, "").replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
