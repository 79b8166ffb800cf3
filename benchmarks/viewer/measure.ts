/** One run of one page: what it moves and when it paints, then what its main thread does while the map is panned. */

import type { Browser, CDPSession, Page } from "playwright-core";

export interface Opening {
  /** Bytes over the wire. */
  readonly script: number;
  readonly data: number;
  readonly seconds: number;
}

export interface Panning {
  /** Milliseconds of script in an animation frame. */
  readonly frame_median_ms: number;
  readonly frame_p95_ms: number;
  /** Milliseconds of all main-thread tasks, layout and events too, for each frame. */
  readonly thread_ms: number;
  readonly frames: number;
  /** The longest task since the map was complete. */
  readonly longest_task_ms: number;
}

export interface Run {
  readonly first_paint: Opening;
  readonly complete: Opening;
  readonly panning: Panning;
  readonly heap_mb: number;
}

export interface Link {
  readonly mbit: number;
  readonly latency_ms: number;
}

/** A page that is not complete by then never will be. */
const PATIENCE_MS = 90_000;

/** Runs in the page before its own scripts: it clocks frames, and tells when the map is first seen and when it is whole. */
function clock(): void {
  const frames: number[] = [];
  const tasks: number[] = [];
  const stats = { frames, tasks, recording: false, since: 0 };
  Object.assign(window, { clocked: stats });
  const request = window.requestAnimationFrame.bind(window);
  let [stamp, spent] = [-1, 0];
  window.requestAnimationFrame = (call) =>
    request((now) => {
      const started = performance.now();
      call(now);
      if (!stats.recording) return;
      const took = performance.now() - started;
      if (now === stamp) spent += took;
      else [stamp, spent] = [now, took];
      if (now === stamp && took === spent) frames.push(spent);
      else frames[frames.length - 1] = spent;
    });
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries())
      if (startTime > stats.since) tasks.push(duration);
  }).observe({ type: "longtask", buffered: false });
  const told = { painted: false, complete: false };
  const look = () => {
    const seen = state();
    for (const step of ["painted", "complete"] as const) {
      if (!seen[step] || told[step]) continue;
      told[step] = true;
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
        view?: { stats(): { points: number; frames: number; idle: boolean } };
        snapshot(): { count?: number; coloring?: boolean };
      };
    };
    if (page.bench) return page.bench;
    const stats = page.terrella?.view?.stats();
    if (!stats) return { painted: false, complete: false };
    const { count, coloring } = page.terrella!.snapshot();
    const painted = stats.points > 0 && coloring === false; // dots in their colours, not grey ones
    return { painted, complete: painted && stats.points === count && stats.idle };
  }
}

/** Open a page in a browser of its own, over a link of this speed, and measure it. */
export async function measure(
  browser: Browser,
  url: string,
  link: Link,
  acts?: (page: Page) => Promise<object>,
) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "dark" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const moved = await count(session, link);
  const openings: Record<string, Opening> = {};
  const whole = new Promise<void>((resolve) => {
    void page.exposeFunction("tellBench", (step: string, at: number) => {
      openings[step] = { ...moved, seconds: round(at / 1000, 3) };
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
  await page.goto(url);
  const late = setTimeout(() => {
    console.error(`${url} was not complete after ${PATIENCE_MS / 1000} s`);
    process.exit(1);
  }, PATIENCE_MS);
  await whole;
  clearTimeout(late);
  await page.waitForTimeout(1500);
  const panning = await pan(page, session);
  const heap_mb = await heapOf(session);
  const more = acts ? await acts(page) : {};
  await context.close();
  return { first_paint: openings.painted!, complete: openings.complete!, panning, heap_mb, ...more };
}

async function count(session: CDPSession, { mbit, latency_ms }: Link) {
  const moved = { script: 0, data: 0 };
  const kinds = new Map<string, "script" | "data">();
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const throughput = (mbit * 1e6) / 8;
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: latency_ms,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  session.on("Network.responseReceived", ({ requestId, response }) => {
    kinds.set(requestId, /\.(js|css|html)$|\/$/.test(new URL(response.url).pathname) ? "script" : "data");
  });
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    moved[kinds.get(requestId) ?? "data"] += encodedDataLength;
  });
  return moved;
}

/** Drag the map to and fro for two seconds' worth of frames. */
async function pan(page: Page, session: CDPSession): Promise<Panning> {
  await page.evaluate(() => {
    const { clocked } = window as unknown as { clocked: { recording: boolean; since: number } };
    clocked.since = performance.now();
    clocked.recording = true;
  });
  const before = await taskSeconds(session);
  await page.mouse.move(640, 400);
  await page.mouse.down();
  for (let k = 1; k <= 120; k++) {
    await page.mouse.move(640 + 90 * Math.sin(k / 9), 400 + 60 * Math.sin(k / 7));
    await page.evaluate(() => new Promise(requestAnimationFrame)); // one move a frame, as fast as they come
  }
  await page.mouse.up();
  const spent = (await taskSeconds(session)) - before;
  const { frames, tasks } = await page.evaluate(() => {
    const { clocked } = window as unknown as {
      clocked: { frames: number[]; tasks: number[]; recording: boolean };
    };
    clocked.recording = false;
    return clocked;
  });
  const sorted = [...frames].sort((a, b) => a - b);
  return {
    frame_median_ms: round(sorted[Math.floor(sorted.length / 2)]!, 2),
    frame_p95_ms: round(sorted[Math.floor(sorted.length * 0.95)]!, 2),
    thread_ms: round((1000 * spent) / 120, 2),
    frames: frames.length,
    longest_task_ms: round(Math.max(0, ...tasks), 0),
  };
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
