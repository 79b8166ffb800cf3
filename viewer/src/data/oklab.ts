/** Colours in OKLab (Ottosson 2020), where distance is close to perceived difference. sRGB components are 0 … 255. */

export type Rgb = readonly [number, number, number];
/** L: 0 … 1; a, b: about −0.4 … 0.4. */
export type Lab = readonly [number, number, number];

export function toLab([r, g, b]: Rgb): Lab {
  const [R, G, B] = [linear(r), linear(g), linear(b)];
  const l = Math.cbrt(0.4122214708 * R + 0.5363325363 * G + 0.0514459929 * B);
  const m = Math.cbrt(0.2119034982 * R + 0.6806995451 * G + 0.1073969566 * B);
  const s = Math.cbrt(0.0883024619 * R + 0.2817188376 * G + 0.6299787005 * B);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Convert to sRGB; a colour outside its gamut loses chroma, never lightness or hue. */
export function toRgb(lab: Lab): Rgb {
  let [low, high] = [0, 1];
  if (!inGamut(linearOf(lab))) {
    for (let step = 0; step < 12; step++) {
      const middle = (low + high) / 2;
      if (inGamut(linearOf(muted(lab, middle)))) low = middle;
      else high = middle;
    }
  } else low = 1;
  const [r, g, b] = linearOf(muted(lab, low));
  return [encoded(r), encoded(g), encoded(b)];
}

export function mixLab(from: Lab, to: Lab, t: number): Lab {
  return [mix(from[0], to[0], t), mix(from[1], to[1], t), mix(from[2], to[2], t)];
}

export function fromHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export function cssOf([r, g, b]: Rgb): string {
  return `rgb(${r} ${g} ${b})`;
}

/** As six digits: what every reader of SVG knows. */
export function hexOf(rgb: Rgb): string {
  return `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}

function muted([L, a, b]: Lab, chroma: number): Lab {
  return [L, a * chroma, b * chroma];
}

function linearOf([L, a, b]: Lab): Rgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function inGamut(components: Rgb): boolean {
  return components.every((c) => c >= -1e-4 && c <= 1 + 1e-4);
}

function linear(component: number): number {
  const c = component / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

function encoded(component: number): number {
  const c = Math.min(Math.max(component, 0), 1);
  return Math.round(255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055));
}

function mix(from: number, to: number, t: number): number {
  return from + (to - from) * t;
}
