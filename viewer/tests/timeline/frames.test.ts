import { describe, expect, test } from "vitest";
import { openMap } from "../../src/bundle/index.ts";
import { pointOf } from "../../src/layers/layout.ts";
import { around, FrameStore } from "../../src/timeline/frames.ts";
import { diskFetch, GOLDEN } from "../bundle/disk.ts";

async function storeOf(change?: Parameters<typeof diskFetch>[0]) {
  const bundle = await openMap(GOLDEN, { fetch: diskFetch(change).fetch });
  const arrived: number[] = [];
  const failed: number[] = [];
  const store = new FrameStore(bundle, bundle.sequence("unrolling"), {
    arrange: (layout) => layout,
    onArrival: (frame) => void arrived.push(frame),
    onFailure: (frame) => void failed.push(frame),
  });
  return { store, arrived, failed };
}

async function until(done: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!done() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe("the frames about a place", () => {
  test("are those it lies between, then what is ahead before what is behind", () => {
    expect(around(2.5, 1, 9, 3)).toEqual([2, 3, 4, 1, 5, 0, 6]);
    expect(around(2.5, -1, 9, 3)).toEqual([3, 2, 1, 4, 0, 5, 6]);
  });

  test("end where the sequence does", () => {
    expect(around(0, 1, 2, 8)).toEqual([0, 1, 2]);
    expect(around(0, 1, 0, 8)).toEqual([0]);
  });
});

test("a wish brings the frames around, and each is the items' positions over one extent", async () => {
  const { store, arrived } = await storeOf();
  expect(store.peek(0)).toBeNull();
  store.want(0.5, 1);
  await until(() => arrived.length === 5);
  expect([...arrived].sort()).toEqual([0, 1, 2, 3, 4]);
  const [first, last] = [store.peek(0)!, store.peek(4)!];
  expect(first.layout.frame).toEqual(last.layout.frame);
  const apart = (k: number) => Math.abs(pointOf(first.layout, k).x - pointOf(last.layout, k).x);
  expect(Math.max(...Array.from({ length: 200 }, (_, k) => apart(k)))).toBeGreaterThan(0.2);
  expect(first.survey.spacing).toBeGreaterThan(0);
});

test("a frame that can't be read is told of, not asked for in a loop, and read when it is asked for again", async () => {
  let asked = 0;
  let broken = true;
  const { store, arrived, failed } = await storeOf((path) => {
    if (!path.includes("unrolling/1.")) return undefined;
    asked++;
    return broken ? 500 : undefined;
  });
  store.want(0, 1);
  await until(() => failed.length === 1 && arrived.length === 4);
  expect(failed).toEqual([1]);
  expect(store.isLost(1)).toBe(true);
  const before = asked;
  store.want(0, 1);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(asked).toBe(before);
  broken = false;
  await store.load(1);
  expect(store.isLost(1)).toBe(false);
  expect(store.peek(1)).not.toBeNull();
});

test("a closed store forgets, and what comes late is dropped", async () => {
  const { store, arrived } = await storeOf();
  store.want(0, 1);
  store.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([store.held, arrived]).toEqual([0, []]);
});
