import { describe, expect, test } from "vitest";
import { fromHex, type Lab, type Rgb, toLab, toRgb } from "../../src/data/oklab.ts";
import {
  categoryColor,
  MISSING,
  OTHER,
  PALETTE_SIZE,
  PALETTES,
  type PaletteName,
  RAMPS,
  type RampName,
  rampOf,
} from "../../src/data/palette.ts";
import { GROUND } from "../../src/theme.ts";

const THEMES = ["dark", "light"] as const;

/** Linear RGB as seen with a full deficiency: Machado, Oliveira & Fernandes 2009, severity 1. */
const SIGHT: Record<string, readonly Rgb[]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen(color: Rgb, matrix: readonly Rgb[]): Lab {
  const linear = color.map((c) =>
    c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  );
  const mixed = matrix.map((row) => row.reduce((sum, weight, k) => sum + weight * linear[k]!, 0));
  const encoded = mixed.map((c) => {
    const v = Math.min(Math.max(c, 0), 1);
    return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
  });
  return toLab(encoded as unknown as Rgb);
}

const distance = (p: Lab, q: Lab) => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);

describe.each(THEMES)("the %s palette", (theme) => {
  const ten = Array.from({ length: 10 }, (_, k) => categoryColor(k, theme));

  test.each(Object.keys(SIGHT))("keeps its ten colours apart: %s", (sight) => {
    const colors = ten.map((color) => seen(color, SIGHT[sight]!));
    const pairs = colors.flatMap((p, i) => colors.slice(i + 1).map((q) => distance(p, q)));
    expect(Math.min(...pairs)).toBeGreaterThan(sight === "usual" ? 0.14 : 0.08);
  });

  test("stands out from the ground, and from items without a value", () => {
    for (let k = 0; k < PALETTE_SIZE; k++) {
      const color = toLab(categoryColor(k, theme));
      expect(Math.abs(color[0] - toLab(GROUND[theme])[0])).toBeGreaterThan(0.15);
      expect(distance(color, toLab(MISSING[theme]))).toBeGreaterThan(0.06);
    }
  });

  test("gives the second ten colours of their own, and one colour to all others", () => {
    const all = Array.from({ length: PALETTE_SIZE }, (_, k) => categoryColor(k, theme).join());
    expect(new Set(all).size).toBe(PALETTE_SIZE);
    expect(categoryColor(PALETTE_SIZE, theme)).toEqual(OTHER[theme]);
    expect(categoryColor(9999, theme)).toEqual(OTHER[theme]);
  });

  test("has a ramp whose lightness runs evenly away from the ground", () => {
    const ramp = rampOf(theme);
    const lightness = Array.from(
      { length: 256 },
      (_, k) => toLab([ramp[3 * k]!, ramp[3 * k + 1]!, ramp[3 * k + 2]!])[0],
    );
    const away = theme === "dark" ? 1 : -1;
    for (let k = 8; k < 256; k += 8)
      expect((lightness[k]! - lightness[k - 8]!) * away).toBeGreaterThan(0.004);
    expect(Math.abs(lightness[0]! - toLab(GROUND[theme])[0])).toBeGreaterThan(0.12);
  });
});

describe.each(THEMES)("in the %s theme", (theme) => {
  test.each(Object.keys(PALETTES) as PaletteName[])(
    "%s keeps its colours apart, whatever the sight",
    (name) => {
      const own = PALETTES[name].colors[theme].map((_, k) => categoryColor(k, theme, name));
      for (const matrix of Object.values(SIGHT)) {
        const colors = own.map((color) => seen(color, matrix));
        const pairs = colors.flatMap((p, i) => colors.slice(i + 1).map((q) => distance(p, q)));
        expect(Math.min(...pairs)).toBeGreaterThan(0.025);
      }
      for (const color of own) expect(distance(toLab(color), toLab(GROUND[theme]))).toBeGreaterThan(0.15);
      const all = Array.from({ length: PALETTE_SIZE }, (_, k) => categoryColor(k, theme, name).join());
      expect(new Set(all).size).toBe(PALETTE_SIZE);
    },
  );

  test.each(Object.keys(RAMPS) as RampName[])("%s can be seen along its whole length", (ramp) => {
    for (const reversed of [false, true]) {
      const table = rampOf(theme, { palette: "terrella", ramp, reversed });
      for (let k = 0; k < 256; k += 15) {
        const color = toLab([table[3 * k]!, table[3 * k + 1]!, table[3 * k + 2]!]);
        expect(Math.abs(color[0] - toLab(GROUND[theme])[0])).toBeGreaterThan(0.1);
      }
    }
  });
});

describe("OKLab", () => {
  test.each(["#000000", "#ffffff", "#ff0000", "#4a89f9", "#0b0e16"])("there and back: %s", (hex) => {
    expect(toRgb(toLab(fromHex(hex)))).toEqual(fromHex(hex));
  });

  test("agrees with Ottosson's published values", () => {
    const [L, a, b] = toLab([255, 0, 0]);
    expect([L, a, b].map((v) => Number(v.toFixed(3)))).toEqual([0.628, 0.225, 0.126]);
  });

  test("a colour outside sRGB keeps its lightness", () => {
    expect(toLab(toRgb([0.7, 0.3, 0.2]))[0]).toBeCloseTo(0.7, 2);
  });
});
