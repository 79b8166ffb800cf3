import { beforeEach, expect, test, vi } from "vitest";
import { openMap } from "../../src/bundle/index.ts";
import { RowsWorker } from "../../src/rows/client.ts";
import type { Message } from "../../src/rows/jobs.ts";
import { diskFetch, GOLDEN } from "../bundle/disk.ts";

/** A worker that the test answers for. */
class Stand {
  static started: Stand[] = [];
  onmessage: (event: { data: Message }) => void = () => undefined;
  onerror: (event: { message?: string }) => void = () => undefined;
  readonly posted: unknown[] = [];
  ended = false;

  constructor() {
    Stand.started.push(this);
  }

  postMessage(message: unknown): void {
    this.posted.push(message);
  }

  terminate(): void {
    this.ended = true;
  }
}

beforeEach(() => {
  Stand.started = [];
  vi.stubGlobal("Worker", Stand);
});

const job = { kind: "rows" as const, items: Uint32Array.of(3), fields: ["id"] };
const open = async () => new RowsWorker(await openMap(GOLDEN, { fetch: diskFetch().fetch }));

test("answers reach those who asked, in whatever order they come", async () => {
  const rows = await open();
  const asked = [rows.ask<"rows">(job), rows.ask<"rows">(job)];
  const [worker] = Stand.started as [Stand];
  worker.onmessage({ data: { id: 2, answer: ["second"] } });
  worker.onmessage({ data: { id: 1, answer: ["first"] } });
  expect(await Promise.all(asked)).toEqual([["first"], ["second"]]);
  expect(Stand.started).toHaveLength(1);
});

test("a worker that can't be loaded is told to all who wait, and the next who asks gets another", async () => {
  const rows = await open();
  const asked = [rows.ask<"rows">(job), rows.ask<"rows">(job)];
  Stand.started[0]!.onerror({});
  for (const one of asked) await expect(one).rejects.toThrow("what reads them could not be loaded");
  expect(Stand.started[0]!.ended).toBe(true);
  const again = rows.ask<"rows">(job);
  Stand.started[1]!.onmessage({ data: { id: 3, answer: ["there"] } });
  expect(await again).toEqual(["there"]);
});

test("one who gives up ends the worker only where nobody else waits, and nothing once there is an answer", async () => {
  const rows = await open();
  const giveUp = new AbortController();
  const late = new AbortController();
  const lost = rows.ask<"rows">(job, { signal: giveUp.signal });
  const kept = rows.ask<"rows">(job, { signal: late.signal });
  giveUp.abort();
  await expect(lost).rejects.toThrow("given up");
  expect(Stand.started[0]!.ended).toBe(false);
  Stand.started[0]!.onmessage({ data: { id: 2, answer: [] } });
  await kept;
  late.abort();
  expect(Stand.started[0]!.ended).toBe(false);
  const last = new AbortController();
  const alone = rows.ask<"rows">(job, { signal: last.signal });
  last.abort();
  await expect(alone).rejects.toThrow("given up");
  expect(Stand.started[0]!.ended).toBe(true);
});
