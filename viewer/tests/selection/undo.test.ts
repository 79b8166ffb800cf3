import { signal } from "@preact/signals";
import { beforeEach, expect, test } from "vitest";
import { type Part, partOf, Undo } from "../../src/selection/undo.ts";

let now: number;
let a: ReturnType<typeof signal<number>>;
let b: ReturnType<typeof signal<string>>;
let undo: Undo;
beforeEach(() => {
  now = 0;
  a = signal(0);
  b = signal("");
  undo = new Undo([partOf(a), partOf(b)] as Part[], () => now);
});

function later(): void {
  now += 1000;
}

test("steps are taken back in their order and done again", () => {
  a.value = 1;
  later();
  b.value = "x";
  later();
  a.value = 2;
  undo.undo();
  expect([a.value, b.value]).toEqual([1, "x"]);
  undo.undo();
  undo.undo();
  expect([a.value, b.value]).toEqual([0, ""]);
  expect(undo.undo()).toBe(false);
  for (let k = 0; k < 3; k++) undo.redo();
  expect([a.value, b.value]).toEqual([2, "x"]);
  expect(undo.redo()).toBe(false);
});

test("a change after taking back begins a new future", () => {
  a.value = 1;
  later();
  a.value = 2;
  undo.undo();
  a.value = 3;
  expect(undo.canRedo.value).toBe(false);
  undo.undo();
  expect(a.value).toBe(1);
});

test("changes in one breath are one step", () => {
  for (let k = 1; k < 20; k++) {
    a.value = k;
    now += 16;
  }
  undo.undo();
  expect(a.value).toBe(0);
  expect(undo.canUndo.value).toBe(false);
});

test("quick strokes are steps of their own", () => {
  const strokes = signal(0);
  const stroked = new Undo([{ ...partOf(strokes), distinct: true } as Part], () => now);
  strokes.value = 1;
  now += 16;
  strokes.value = 2;
  stroked.undo();
  expect(strokes.value).toBe(1);
  stroked.dispose();
});

test("values are folded while they are not needed", async () => {
  const folded: unknown[] = [];
  const list = signal<number[]>([1, 2]);
  const part: Part<number[]> = {
    ...partOf(list),
    fold: (value) => {
      folded.push(value);
      return value.join();
    },
    unfold: (text) => String(text).split(",").map(Number),
  };
  const folding = new Undo([part as Part], () => now);
  const soon = () => new Promise((resolve) => setTimeout(resolve));
  list.value = [3];
  folding.undo(); // before there was time to fold
  expect(list.value).toEqual([1, 2]);
  folding.redo();
  expect(folded).toHaveLength(0);
  await soon();
  expect(folded).not.toHaveLength(0);
  folding.undo();
  expect(list.value).toEqual([1, 2]);
  folding.redo();
  expect(list.value).toEqual([3]);
});

test("what means the same is no step, and a hundred steps are kept", () => {
  const set = signal(new Set<number>());
  const same = new Undo([
    { ...partOf(set), same: (x, y) => (x as Set<number>).size === (y as Set<number>).size },
  ] as Part[]);
  set.value = new Set();
  expect(same.canUndo.value).toBe(false);
  for (let k = 1; k <= 150; k++) {
    a.value = k;
    later();
  }
  let steps = 0;
  while (undo.undo()) steps++;
  expect(steps).toBe(100);
  expect(a.value).toBe(50);
});
