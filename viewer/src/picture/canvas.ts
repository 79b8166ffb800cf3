/** A sheet on a canvas. */

import { type BoxPart, FAMILIES, type Family, type Measure, type Part, type TextPart } from "./parts.ts";
import type { Sheet } from "./sheet.ts";

type Context = CanvasRenderingContext2D;

/** Paint the sheet, and the map's pixels in their place, at `ratio` pixels per CSS pixel. */
export function paint(
  sheet: Sheet,
  map: ImageBitmap,
  over: readonly Part[],
  ratio: number,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(sheet.width * ratio);
  canvas.height = Math.round(sheet.height * ratio);
  const context = canvas.getContext("2d");
  if (!context)
    throw new Error("this browser has no memory left for a picture of that size; take a smaller one");
  context.scale(ratio, ratio);
  context.fillStyle = sheet.ground;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(map, sheet.map.x, sheet.map.y, sheet.map.width, sheet.map.height);
  context.save();
  context.beginPath();
  context.rect(sheet.map.x, sheet.map.y, sheet.map.width, sheet.map.height);
  context.clip();
  context.translate(sheet.map.x, sheet.map.y);
  for (const part of over) paintPart(context, part);
  context.restore();
  for (const part of sheet.parts) paintPart(context, part);
  return canvas;
}

function paintPart(context: Context, part: Part): void {
  if (part.kind === "text") paintText(context, part);
  else paintBox(context, part);
}

function paintBox(context: Context, part: BoxPart): void {
  context.beginPath();
  context.roundRect(part.x, part.y, part.width, part.height, part.radius);
  if (part.fill !== "none") {
    context.fillStyle = part.fill;
    context.fill();
  }
  if (part.stroke === "none") return;
  context.strokeStyle = part.stroke;
  context.lineWidth = 1;
  context.stroke();
}

function paintText(
  context: Context,
  { text, x, y, size, family, fill, anchor, weight, halo }: TextPart,
): void {
  context.font = fontOf(size, family, weight);
  context.textAlign = anchor === "middle" ? "center" : anchor;
  if (halo) {
    context.globalAlpha = 0.85;
    context.strokeStyle = halo;
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeText(text, x, y);
    context.globalAlpha = 1;
  }
  context.fillStyle = fill;
  context.fillText(text, x, y);
}

function fontOf(size: number, family: Family, weight: number): string {
  return `${weight} ${size}px ${FAMILIES[family]}`;
}

/** Measures text as this browser sets it. */
export function measurer(): Measure {
  const context = document.createElement("canvas").getContext("2d")!;
  return (text, size, family, weight) => {
    context.font = fontOf(size, family, weight);
    return context.measureText(text).width;
  };
}
