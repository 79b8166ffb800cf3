/** Takes pictures of an atlas: PNG at any resolution the device can draw, SVG with words, legend and dots as shapes. */

import type { Atlas } from "../app.ts";
import { countOf, formatCount } from "../ui/format.ts";
import { measurer, paint } from "./canvas.ts";
import { dotsSvg } from "./dots.ts";
import { legendOf } from "./legend.ts";
import { labelParts } from "./overlay.ts";
import { type Caption, layOut, type Sheet } from "./sheet.ts";
import { partSvg, svgOf } from "./svg.ts";

export interface Wish {
  readonly format: "png" | "svg";
  /** Pixels per CSS pixel: of a PNG, and of what an SVG has as an image. */
  readonly ratio: number;
  /** Whether title, legend and source frame the map. */
  readonly caption: boolean;
}

/** Beyond this many dots in view an SVG would be slower to open than its image is coarse. */
const MOST_SHAPES = 100_000;
/** Every browser's canvas reaches this far. */
const MOST_PIXELS = 8192;

export async function takePicture(atlas: Atlas, wish: Wish): Promise<Blob> {
  const sheet = sheetOf(atlas, wish.caption);
  return wish.format === "png" ? takePng(atlas, sheet, wish.ratio) : takeSvg(atlas, sheet, wish.ratio);
}

/** How wide and high a picture is at the screen's own size, CSS pixels, and how wide it can be. */
export function widthsOf(atlas: Atlas, captioned: boolean): { plain: number; height: number; most: number } {
  const { width, height, map } = sheetOf(atlas, captioned);
  const most = Math.floor((MOST_PIXELS / Math.max(map.width, map.height)) * width);
  return { plain: Math.round(width), height, most };
}

/** The picture as it would be, this many CSS pixels wide. */
export async function previewOf(atlas: Atlas, captioned: boolean, width: number): Promise<HTMLCanvasElement> {
  const map = await atlas.view.picture(devicePixelRatio);
  const sheet = sheetOf(atlas, captioned);
  const canvas = paint(sheet, map, labelParts(), (width * devicePixelRatio) / sheet.width);
  map.close();
  return canvas;
}

/** Whether an SVG would hold the dots as shapes; else it holds an image of the map. */
export function hasShapes({ bundle, view }: Atlas): boolean {
  const { look } = view.sight;
  if (!look || look.share > 0 || bundle.count > 50 * MOST_SHAPES) return false;
  return view.sight.itemsInView(MOST_SHAPES + 1).length <= MOST_SHAPES;
}

function sheetOf(atlas: Atlas, captioned: boolean): Sheet {
  const { state, view } = atlas;
  const { width, height } = view.sight.look ?? { width: innerWidth, height: innerHeight };
  return layOut({ width, height }, captioned ? captionOf(atlas) : null, state.theme.peek(), measurer());
}

function captionOf({ bundle, state }: Atlas): Caption {
  const { manifest } = bundle;
  const coloring = state.coloring.peek();
  const projection = bundle.projection(state.projection.peek()).title;
  const lit = state.lit.peek();
  const bright = lit?.reduce((sum, one) => sum + one, 0);
  const counted = countOf(manifest.count, "item");
  return {
    title: manifest.title,
    subtitle: [
      projection,
      bright === undefined ? counted : `${formatCount(bright)} of ${counted} bright`,
      ...(coloring && coloring.kind !== "plain" ? [`coloured by ${coloring.title}`] : []),
    ].join(" · "),
    foot: "Made with Terrella",
    legend: coloring && legendOf(coloring, state.isolated.peek(), state.theme.peek()),
  };
}

async function takePng(atlas: Atlas, sheet: Sheet, ratio: number): Promise<Blob> {
  const map = await atlas.view.picture(ratio);
  const canvas = paint(sheet, map, labelParts(), ratio);
  map.close();
  return blobOf(canvas);
}

async function takeSvg(atlas: Atlas, sheet: Sheet, ratio: number): Promise<Blob> {
  const map = hasShapes(atlas) ? shapesOf(atlas) : await imageOf(atlas, sheet, ratio);
  const title = `${atlas.bundle.manifest.title}, ${atlas.summary.peek()}`;
  const document = svgOf(sheet, map + labelParts().map(partSvg).join(""), title);
  return new Blob([document], { type: "image/svg+xml" });
}

function shapesOf({ state, view }: Atlas): string {
  const look = view.sight.look!;
  const theme = state.theme.peek();
  const items = [...view.sight.itemsInView(MOST_SHAPES)];
  const places = new Float32Array(items.length * 2);
  items.forEach((item, k) => {
    const { x, y } = view.sight.screenOf(item)!;
    places.set([x, y], 2 * k);
  });
  const colors = state.coloring.peek()!.paint(theme);
  const { dotDiameter: diameter, dotAlpha: alpha } = look;
  return dotsSvg({ places, items, colors, lit: state.lit.peek(), diameter, alpha }, theme);
}

async function imageOf(atlas: Atlas, { map }: Sheet, ratio: number): Promise<string> {
  const bitmap = await atlas.view.picture(ratio);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
  bitmap.close();
  const url = await urlOf(await blobOf(canvas));
  return `<image width="${map.width}" height="${map.height}" preserveAspectRatio="none" href="${url}"/>`;
}

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const refuse = () =>
      reject(new Error("the browser has no memory for a picture of that size; take a smaller one"));
    canvas.toBlob((blob) => (blob ? resolve(blob) : refuse()), "image/png");
  });
}

function urlOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** Put a picture on the clipboard; an SVG goes as its text, which editors and drawing programs take. */
export async function copyPicture(taken: Promise<Blob>, format: Wish["format"]): Promise<void> {
  const type = format === "png" ? "image/png" : "text/plain";
  // Safari wants the item within the click, its content may come later.
  const content = taken.then((blob) => (format === "png" ? blob : new Blob([blob], { type })));
  await navigator.clipboard.write([new ClipboardItem({ [type]: content })]);
}

/** Hand a picture to the browser as a file. */
export function savePicture(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A file name that says what the picture shows. */
export function fileName({ bundle, state }: Atlas, format: Wish["format"]): string {
  const words = [bundle.manifest.title, state.projection.peek()].join(" ");
  const plain = words
    .normalize("NFKD")
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  return `${plain.slice(0, 80).toLowerCase() || "map"}.${format}`;
}
