/** One run of one page: what it moves and when it paints, then what its main thread does while the map is panned. */

import type { Browser, CDPSession, Page } from "playwright-core";
import { type Acts, clockActs } from "./acts.ts";
import type { Served } from "./serve.ts";

export interface Opening {
  /** Bytes over the wire. */
  readonly script: number;
  readonly data: number;
  readonly seconds: number;
}

export interface Panning {
  /** Milliseconds of script in an animation frame that draws: a page that waits for the device asks for others, and does nothing in them. */
  readonly frame_median_ms: number;
  readonly frame_p95_ms: number;
  /** Milliseconds of all main-thread tasks, layout and events too, for each frame. */
  readonly thread_ms: number;
  readonly frames: number;
  /** The longest task since the map was complete. */
  readonly longest_task_ms: number;
}

export interface Run {
  /** The map is seen: the page has drawn it, and the device has finished. */
  readonly first_paint: Opening;
  readonly complete: Opening;
  /** The longest task of the main thread while the page loads, milliseconds. */
  readonly loading_task_ms: number;
  readonly panning: Panning;
  /** Milliseconds of main-thread tasks for each movement of a pointer over the map at rest. */
  readonly hover_thread_ms: number;
  readonly heap_mb: number;
  readonly acts: Acts;
  /** The longest task of the main thread while the acts are done, milliseconds. */
  readonly acting_task_ms: number;
}

/** A page that is not complete by then never will be. */
const PATIENCE_MS = 45_000;
/** Movements of the pointer in a drag, and over the map. */
const MOVES = 120;
/** A rival whose frames take a second each is not waited for longer. */
const MOVING_MS = 8000;

/** Runs in the page before its own scripts: it clocks frames, and tells when the map is first seen and when it is whole. */
function clock(): void {
  const frames: number[] = [];
  const tasks: { start: number; took: number }[] = [];
  const stats = { frames, tasks, recording: false };
  let drawn = false;
  Object.assign(window, { clocked: stats });
  const devices = new Set<WebGLRenderingContext | WebGL2RenderingContext>();
  type Draws = Record<string, (...how: number[]) => void>;
  for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
    const draws = prototype as unknown as Draws;
    for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
      const own = draws[name];
      if (!own) continue;
      draws[name] = function (this: unknown, ...how) {
        drawn = true;
        own.apply(this, how);
      };
    }
  }
  const open = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...how: [string]) {
    const context = open.apply(this, how);
    if (context && "readPixels" in context) devices.add(context as WebGL2RenderingContext);
    return context;
  } as typeof open;
  const request = window.requestAnimationFrame.bind(window);
  let [stamp, spent] = [-1, 0];
  window.requestAnimationFrame = (call) =>
    request((now) => {
      const started = performance.now();
      call(now);
      if (!stats.recording) return;
      const took = performance.now() - started;
      if (now !== stamp) {
        [stamp, spent] = [now, 0];
        frames.push(Number.NaN);
      }
      spent += took;
      if (drawn || !Number.isNaN(frames.at(-1)!)) frames[frames.length - 1] = spent;
      drawn = false;
    });
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) tasks.push({ start: startTime, took: duration });
  }).observe({ type: "longtask", buffered: false });
  const told = { painted: false, complete: false };
  const look = () => {
    const seen = state();
    for (const step of ["painted", "complete"] as const) {
      if (!seen[step] || told[step]) continue;
      told[step] = true;
      // What was asked of the device is seen once it has been done: reading a pixel waits for that.
      for (const gl of devices) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      const at = performance.now();
      (window as unknown as Record<string, (step: string, at: number) => void>).tellBench!(step, at);
    }
    if (!told.complete) request(look);
  };
  request(look);
  function state(): { painted: boolean; complete: boolean } {
    const page = window as unknown as {
      bench?: { painted: boolean; complete: boolean };
      terrella?: {
        state?: { coloring: { peek(): unknown } };
        view?: { stats(): { points: number; frames: number; idle: boolean } };
        snapshot(): { count?: number };
      };
    };
    if (page.bench) return page.bench;
    const { view, state: shown, snapshot } = page.terrella ?? {};
    const stats = view?.stats();
    if (!stats || !shown || !snapshot) return { painted: false, complete: false };
    const painted = stats.points > 0 && stats.frames > 0 && shown.coloring.peek() !== null; // in their colours
    return { painted, complete: painted && stats.points === snapshot().count && stats.idle };
  }
}

/**
 * Open a page over the line and measure it: as it is served to anybody, and once more where its clock is fine enough to tell
 * the script of a frame.
 */
export async function measure(browser: Browser, path: string, plain: Served, isolated: Served): Promise<Run> {
  const opened = await open(browser, path, plain);
  const { page, session, openings } = opened;
  const loading_task_ms = await longestTask(page, 0);
  const hover_thread_ms = await hover(page, session);
  const heap_mb = await heapOf(session);
  const since = await page.evaluate(() => performance.now());
  const acts = await clockActs(page);
  const acting_task_ms = await longestTask(page, since);
  await opened.close();
  const moving = await open(browser, path, isolated);
  const panning = await pan(moving.page, moving.session);
  await moving.close();
  const { painted, complete } = openings as { painted: Opening; complete: Opening };
  const after = { loading_task_ms, panning, hover_thread_ms, heap_mb, acts, acting_task_ms };
  return { first_paint: painted, complete, ...after };
}

interface Opened {
  readonly page: Page;
  readonly session: CDPSession;
  readonly openings: Record<string, Opening>;
  close(): Promise<void>;
}

/** Open a page and wait until its map is whole. */
async function open(browser: Browser, path: string, { address, line }: Served): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "dark" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const openings: Record<string, Opening> = {};
  const whole = new Promise<void>((resolve) => {
    void page.exposeFunction("tellBench", (step: string, at: number) => {
      openings[step] = { ...line.moved, seconds: round(at / 1000, 3) };
      if (step === "complete") resolve();
    });
  });
  await page.addInitScript("window.__name = (call) => call"); // tsx names functions with a helper that the page lacks
  await page.addInitScript(clock);
  await page.addInitScript(() => {
    try {
      localStorage.setItem("terrella:welcomed", "1");
    } catch {
      // about:blank has no storage
    }
  });
  line.reset();
  await page.goto(`${address}/${path}`);
  let late: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`not complete after ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  await Promise.race([whole, tooLong]);
  clearTimeout(late);
  await page.waitForTimeout(1500);
  return { page, session, openings, close: () => context.close() };
}

/** The longest task that began since a moment, milliseconds; 0 where none took 50. */
async function longestTask(page: Page, since: number): Promise<number> {
  await page.waitForTimeout(50); // the observer tells after the task
  const longest = await page.evaluate((from) => {
    const { clocked } = window as unknown as { clocked: { tasks: { start: number; took: number }[] } };
    return Math.max(0, ...clocked.tasks.filter(({ start }) => start >= from).map(({ took }) => took));
  }, since);
  return round(longest, 0);
}

/** Drag the map to and fro for two seconds' worth of frames. */
async function pan(page: Page, session: CDPSession): Promise<Panning> {
  const since = await page.evaluate(() => {
    const { clocked } = window as unknown as { clocked: { recording: boolean } };
    clocked.recording = true;
    return performance.now();
  });
  await page.mouse.move(640, 400);
  await page.mouse.down();
  const thread_ms = await threadOf(page, session, (k) => ({
    x: 640 + 90 * Math.sin(k / 9),
    y: 400 + 60 * Math.sin(k / 7),
  }));
  await page.mouse.up();
  const frames = await page.evaluate(() => {
    const { clocked } = window as unknown as { clocked: { frames: number[]; recording: boolean } };
    clocked.recording = false;
    return clocked.frames.filter((took) => !Number.isNaN(took));
  });
  const sorted = [...frames].sort((a, b) => a - b);
  return {
    frame_median_ms: round(sorted[Math.floor(sorted.length / 2)]!, 3),
    frame_p95_ms: round(sorted[Math.floor(sorted.length * 0.95)]!, 2),
    thread_ms,
    frames: frames.length,
    longest_task_ms: await longestTask(page, since),
  };
}

/** Move a pointer over the map, one place a frame. */
async function hover(page: Page, session: CDPSession): Promise<number> {
  await page.mouse.move(300, 300);
  await page.waitForTimeout(300);
  return threadOf(page, session, (k) => ({ x: 340 + ((k * 137) % 600), y: 160 + ((k * 71) % 480) }));
}

/** Move the pointer, once a frame and as fast as frames come; returns the main thread's milliseconds for a move. */
async function threadOf(
  page: Page,
  session: CDPSession,
  placeOf: (k: number) => { x: number; y: number },
): Promise<number> {
  const before = await taskSeconds(session);
  const until = performance.now() + MOVING_MS;
  let moves = 0;
  while (moves < MOVES && performance.now() < until) {
    const { x, y } = placeOf(++moves);
    await page.mouse.move(x, y);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  return round((1000 * ((await taskSeconds(session)) - before)) / moves, 2);
}

async function taskSeconds(session: CDPSession): Promise<number> {
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")!.value;
}

/** Megabytes that the page's scripts hold after a collection, buffers among them. */
async function heapOf(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  const usage = (await session.send("Runtime.getHeapUsage")) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  return round((usage.usedSize + (usage.backingStorageSize ?? 0)) / 1e6, 1);
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
