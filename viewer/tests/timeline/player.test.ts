import { type Signal, signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openMap } from "../../src/bundle/index.ts";
import type { Layout } from "../../src/layers/layout.ts";
import type { Surveyed } from "../../src/layers/transition.ts";
import { createTimeline, type TimelineState } from "../../src/state/timeline.ts";
import { Player } from "../../src/timeline/player.ts";
import { diskFetch, GOLDEN } from "../bundle/disk.ts";

const bundle = await openMap(GOLDEN, { fetch: diskFetch().fetch });

let gridded: Signal<boolean>;
let state: TimelineState;
let shown: string[];
let frames: ((now: number) => void)[];
let now: number;

/** What the screen is told, in words: "=2" rests at frame 2, "=2#" on a grid, "1+0.50" stands between 1 and 2. */
const screen = {
  showFrame: ({ layout }: Surveyed, animate: boolean) =>
    void shown.push(`${animate ? "~" : "="}${layout.name.split(" ")[1]}${layout.pitch ? "#" : ""}`),
  holdBetween: (from: Surveyed, _to: Surveyed, t: number) =>
    void shown.push(`${from.layout.name.split(" ")[1]}+${t.toFixed(2)}`),
  arrange: (layout: Layout) => (gridded.value ? { ...layout, pitch: 1 / 8 } : layout),
};

beforeEach(() => {
  state = createTimeline();
  gridded = signal(false); // players of other tests follow theirs
  shown = [];
  frames = [];
  now = 0;
  vi.stubGlobal("requestAnimationFrame", (call: (now: number) => void) => frames.push(call));
  vi.stubGlobal("cancelAnimationFrame", () => {
    frames = [];
  });
});
afterEach(() => vi.unstubAllGlobals());

/** Let some milliseconds pass, 16 at a time. */
function pass(milliseconds: number): void {
  for (const end = now + milliseconds; now < end; ) {
    now += 16;
    for (const call of frames.splice(0)) call(now);
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 60));

async function playing(still = false): Promise<Player> {
  const tell = (what: string) => void shown.push(what);
  const player = new Player(bundle, state, screen, { still, tell, gridded });
  await player.follow();
  state.sequence.value = "unrolling";
  await vi.waitFor(() => expect(player.framesHeld).toBe(5), 30_000);
  return player;
}

describe("a timeline", () => {
  test("glides to the frame of its link, and shows nothing of a projection", async () => {
    state.at.value = state.frame.value = 3;
    await playing();
    expect(shown).toEqual(["~3"]);
  });

  test("follows the hand between frames, and rests on the nearest when it lets go", async () => {
    const player = await playing();
    player.scrub(1.4);
    player.scrub(2.75);
    expect(shown.slice(1)).toEqual(["1+0.40", "2+0.75"]);
    player.release();
    pass(300);
    await settled();
    expect(shown.at(-1)).toBe("=3");
    expect([state.at.value, state.frame.value]).toEqual([3, 3]);
  });

  test("a hand beyond the ends stays at them", async () => {
    const player = await playing();
    player.scrub(-5);
    player.scrub(99);
    expect(shown.slice(1)).toEqual(["0+0.00", "3+1.00"]);
  });

  test("plays to the end and stops there", async () => {
    const player = await playing();
    player.play();
    pass(2100);
    expect(state.at.value).toBeGreaterThan(1.9);
    expect(state.at.value).toBeLessThan(2.2);
    pass(3000);
    await settled();
    expect([state.playing.value, state.at.value, shown.at(-1)]).toEqual([false, 4, "=4"]);
  });

  test("played from the end, it begins anew", async () => {
    state.at.value = state.frame.value = 4;
    const player = await playing();
    player.play();
    await settled();
    expect(shown.at(-1)).toBe("~0");
    pass(2000);
    expect(state.at.value).toBeGreaterThan(0.5);
  });

  test("turns round at the ends where it loops, faster where it is told to", async () => {
    const player = await playing();
    state.loop.value = true;
    state.speed.value = 4;
    player.play();
    pass(1300);
    expect(state.at.value).toBeLessThan(4);
    expect(state.playing.value).toBe(true);
    pass(1000);
    expect(state.at.value).toBeLessThan(2);
    player.toggle();
    pass(400);
    await settled();
    expect(Number.isInteger(state.at.value)).toBe(true);
  });

  test("steps add up, and stop at the ends", async () => {
    const player = await playing();
    player.step(1);
    player.step(1);
    pass(500);
    await settled();
    expect(state.frame.value).toBe(2);
    for (let k = 0; k < 9; k++) player.step(1);
    pass(600);
    await settled();
    expect(state.frame.value).toBe(4);
  });

  test("a frame that a link or the way back names is shown", async () => {
    await playing();
    state.frame.value = 2;
    await settled();
    expect([shown.at(-1), state.at.value]).toEqual(["=2", 2]);
  });

  test("with reduced motion goes from frame to frame and never between", async () => {
    const player = await playing(true);
    player.play();
    pass(2600);
    player.scrub(0.8);
    player.release();
    await settled();
    expect(shown.every((what) => /^[=~]\d$/.test(what))).toBe(true);
    expect(shown).toContain("=2");
    expect(state.frame.value).toBe(1);
  });

  test("stands its frames on a grid where that is wished, and glides there and back", async () => {
    const player = await playing();
    player.goTo(2);
    pass(500);
    await settled();
    gridded.value = true;
    await vi.waitFor(() => expect(shown.at(-1)).toBe("~2#"), 30_000);
    gridded.value = false;
    await vi.waitFor(() => expect(shown.at(-1)).toBe("~2"), 30_000);
    expect(state.frame.value).toBe(2);
  });

  test("does nothing without a sequence", async () => {
    const player = await playing();
    state.sequence.value = null;
    const before = shown.length;
    player.scrub(2);
    player.step(1);
    player.play();
    pass(500);
    expect([shown.length, state.playing.value]).toEqual([before, false]);
  });
});
