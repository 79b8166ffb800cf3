// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { dotsSvg } from "../../src/picture/dots.ts";
import { box, text } from "../../src/picture/parts.ts";
import { escaped, svgOf } from "../../src/picture/svg.ts";

const ATTACK = `<img src=x onerror="boom()"> & 'quoted' </text><script>boom()</script>`;

function sheetWith(words: string) {
  const parts = [
    text({ text: words, x: 1, y: 2, size: 12, fill: "#000000" }),
    box({ x: 0, y: 0, width: 5, height: 5 }),
  ];
  return { width: 100, height: 80, map: { x: 10, y: 10, width: 50, height: 40 }, ground: "#ffffff", parts };
}

test("words from data are words in the file", () => {
  const svg = svgOf(sheetWith(ATTACK), "", ATTACK);
  const page = new DOMParser().parseFromString(svg, "image/svg+xml");
  expect(page.querySelectorAll("script, img, [onerror]")).toHaveLength(0);
  expect(svg).not.toMatch(/<(script|img)/);
  expect(page.querySelector("text")?.textContent).toBe(ATTACK);
  expect(page.querySelector("title")?.textContent).toBe(ATTACK);
});

test("characters that XML forbids are left out", () => {
  expect(escaped("a\u0000b\u001fc\td\ne\uffff")).toBe("abc\td\ne");
});

test("each dot in view is one stroke of its colour, dim ones below and paler", () => {
  const svg = dotsSvg(
    {
      places: Float32Array.of(1.234, 2, 3, 4, 5, 6),
      items: [0, 1, 2],
      colors: Uint8Array.of(255, 0, 0, 0, 0, 255, 255, 0, 0),
      lit: Uint8Array.of(1, 0, 1),
      diameter: 3,
      alpha: 0.8,
    },
    "light",
  );
  expect(svg.match(/<path/g)).toHaveLength(3);
  expect(svg).toContain('stroke-width="3"');
  expect(svg).toContain(
    '<g stroke="#ff0000" stroke-opacity="0.8"><path d="M5 6h0"/><path d="M1.23 2h0"/></g>',
  );
  expect(svg.indexOf("M3 4h0")).toBeLessThan(svg.indexOf("M5 6h0"));
  expect(svg).not.toContain("#0000ff");
});
