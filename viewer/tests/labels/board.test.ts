// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { LabelBoard } from "../../src/labels/board.ts";
import { random } from "../layers/positions.ts";

const view = { width: 400, height: 300 };
const camera = { x: 0, y: 0, scale: 100 };
const label = (code: number, x: number, y: number) => ({ code, x, y, size: 20, width: 80, from: 0 });

let host: HTMLElement;
let board: LabelBoard;
let picked: [number, boolean][];
beforeEach(() => {
  document.body.innerHTML = "<section></section>";
  host = document.querySelector("section")!;
  picked = [];
  board = new LabelBoard(host, (code, add) => picked.push([code, add]));
  board.set([label(7, 0, 0), label(8, 1, 0), label(9, -1.9, 1)]);
  const wording = (text: string) => ({ text, color: "", lit: true, picked: false });
  board.word(new Map([7, 8, 9].map((code) => [code, wording(`name ${code}`)])));
  board.follow(camera, view);
});

/** Where a name is on the host, by what it and the sheet it lies on say. */
function placeOf(name: HTMLElement): number[] {
  const [own, sheet] = [name, name.parentElement!].map(({ style }) =>
    style.transform.match(/-?[\d.]+(?=px)/g)!.map(Number),
  );
  return own!.map((value, axis) => Math.round((value + sheet![axis]!) * 10) / 10);
}

const names = () => [...host.querySelectorAll<HTMLButtonElement>(".map-label")];

test("a name is where it is clicked, and nowhere else", () => {
  expect(board.codeAt({ x: 200, y: 150 }, "free")).toBe(7);
  expect(board.codeAt({ x: 320, y: 158 }, "free")).toBe(8);
  expect(board.codeAt({ x: 200, y: 190 }, "free")).toBeNull();
  expect(board.point({ x: 200, y: 150 }, "free")).toBe(true);
  expect(names()[0]!.classList.contains("pointed")).toBe(true);
  expect(board.point(null, "free")).toBe(false);
  expect(names()[0]!.classList.contains("pointed")).toBe(false);
});

test("among many items a name has its letters alone, and it gives way to an item that stands by itself", () => {
  const [letters, beside] = [
    { x: 235, y: 155 },
    { x: 243, y: 150 },
  ];
  expect(board.codeAt(letters, "crowd")).toBe(7);
  expect(board.codeAt(beside, "free")).toBe(7);
  expect(board.codeAt(beside, "crowd")).toBeNull();
  expect(board.codeAt({ x: 200, y: 160 }, "crowd")).toBeNull();
  expect(board.codeAt(letters, "single")).toBeNull();
});

test("a name keeps within the view while its place does, and leaves with it", () => {
  expect(placeOf(names()[2]!)).toEqual([46, 50]);
  board.follow({ ...camera, x: 0.3 }, view);
  expect(placeOf(names()[2]!)).toEqual([26, 50]);
});

test("a name keeps clear of what covers the view's sides, and goes under with its place", () => {
  const insets = { top: 0, right: 120, bottom: 0, left: 0 };
  const xOf = (x: number) => {
    board.follow({ ...camera, x }, view, insets);
    return placeOf(names()[1]!)[0];
  };
  expect(xOf(0)).toBe(274); // its place is at 300, the free part ends at 280
  expect(xOf(0.2)).toBe(234);
  expect(xOf(0.6)).toBe(234);
  expect(xOf(0.8)).toBe(220);
  expect(xOf(-0.4)).toBe(340);
});

test("a name that only goes along with a pan is not written anew", () => {
  const before = names()[0]!.style.transform;
  board.follow({ ...camera, x: 0.3, y: 0.2 }, view);
  expect(names()[0]!.style.transform).toBe(before);
  expect(placeOf(names()[0]!)).toEqual([170, 170]);
  board.follow({ x: 0.3, y: 0.2, scale: 200 }, view);
  expect(placeOf(names()[0]!)).toEqual([140, 190]);
});

test("wherever a pan leads, names are where a fresh look would put them", () => {
  const next = random(7);
  const labels = Array.from({ length: 180 }, (_, k) => ({
    ...label(k, 12 * next() - 6, 9 * next() - 4.5),
    width: 20 + 100 * next(),
  }));
  board.set(labels);
  let walker = { x: 0, y: 0, scale: 100 };
  for (let step = 0; step < 120; step++) {
    const zoomed = step % 40 === 39 ? 0.5 + next() : 1;
    walker = {
      x: walker.x + 0.4 * (next() - 0.5),
      y: walker.y + 0.4 * (next() - 0.5),
      scale: walker.scale * zoomed,
    };
    board.follow(walker, view);
    const fresh = document.createElement("section");
    const other = new LabelBoard(fresh, () => undefined);
    other.set(labels);
    other.follow(walker, view);
    const placed = (within: HTMLElement) =>
      new Map(
        [...within.querySelectorAll<HTMLElement>(".map-label")].map((one) => [
          one.dataset.label,
          placeOf(one),
        ]),
      );
    const [ours, theirs] = [placed(host), placed(fresh)];
    expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
    for (const [k, [x, y]] of theirs) {
      expect(Math.abs(ours.get(k)![0]! - x!)).toBeLessThan(0.26);
      expect(Math.abs(ours.get(k)![1]! - y!)).toBeLessThan(0.26);
    }
  }
});

test("one name can be reached by Tab, the others from there by arrows, and Enter picks", () => {
  expect(names().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
  const press = (key: string, keys: KeyboardEventInit = {}) =>
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...keys }));
  names()[0]!.focus();
  press("ArrowRight");
  expect(document.activeElement!.textContent).toBe("name 8");
  press("Enter");
  press("ArrowLeft");
  press("ArrowUp");
  expect(document.activeElement!.textContent).toBe("name 9");
  press(" ", { shiftKey: true });
  expect(picked).toEqual([
    [8, false],
    [9, true],
  ]);
  expect(names().map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, 0]);
});
