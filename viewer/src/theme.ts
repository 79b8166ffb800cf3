export type Theme = "dark" | "light";

/** The map's ground, sRGB; the page's `--ground` is the same, so that canvas and panels meet without a seam. */
export const GROUND: Record<Theme, readonly [number, number, number]> = {
  dark: [11, 14, 22],
  light: [247, 246, 242],
};
