/** What a picture is put together from, in CSS pixels: drawn on a canvas and written as SVG alike. */

export type Family = "serif" | "sans";

export interface TextPart {
  readonly kind: "text";
  readonly text: string;
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly size: number;
  readonly family: Family;
  readonly fill: string;
  readonly anchor: "start" | "middle" | "end";
  readonly weight: number;
  /** Colour of the glow that keeps text on the map readable; "" without one. */
  readonly halo: string;
}

export interface BoxPart {
  readonly kind: "box";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly fill: string;
  readonly stroke: string;
}

export type Part = TextPart | BoxPart;

export const FAMILIES: Record<Family, string> = {
  serif: "'Iowan Old Style', 'Palatino Linotype', P052, Palatino, 'URW Palladio L', Georgia, serif",
  sans: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif",
};

type Optional<P extends Part, K extends keyof P> = Omit<P, "kind" | K> & Partial<Pick<P, K>>;

export function text(part: Optional<TextPart, "family" | "anchor" | "weight" | "halo">): TextPart {
  return { kind: "text", family: "sans", anchor: "start", weight: 400, halo: "", ...part };
}

export function box(part: Optional<BoxPart, "radius" | "fill" | "stroke">): BoxPart {
  return { kind: "box", radius: 0, fill: "none", stroke: "none", ...part };
}

/** Width of a text in CSS pixels. */
export type Measure = (text: string, size: number, family: Family, weight: number) => number;

/** Cut a text to a width, with an ellipsis where something is left out. */
export function fit(
  words: string,
  width: number,
  measure: Measure,
  size: number,
  family: Family = "sans",
  weight = 400,
): string {
  const line = words.replace(/\s+/g, " ").trim();
  if (measure(line, size, family, weight) <= width) return line;
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${line.slice(0, middle)}…`, size, family, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return `${line.slice(0, low).trimEnd()}…`;
}
