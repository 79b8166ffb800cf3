// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { FrameLoop } from "../../src/interaction/loop.ts";

/** Frames when told to. */
function frames() {
  const due: FrameRequestCallback[] = [];
  vi.stubGlobal("requestAnimationFrame", (call: FrameRequestCallback) => due.push(call));
  return (now: number) => {
    for (const call of due.splice(0)) call(now);
  };
}

test("a frame hears whether more has changed since the last than where the camera is", () => {
  const next = frames();
  const heard: boolean[] = [];
  const loop = new FrameLoop((_, __, changed) => {
    heard.push(changed);
    return false;
  });
  loop.ask();
  next(0);
  loop.ask();
  loop.wake();
  next(16);
  loop.wake();
  loop.ask();
  next(32);
  loop.ask();
  next(48);
  expect(heard).toEqual([false, true, true, false]);
});

test("what changes while a frame is drawn is heard by the next", () => {
  const next = frames();
  const heard: boolean[] = [];
  const loop: FrameLoop = new FrameLoop((_, __, changed) => {
    heard.push(changed);
    if (heard.length === 1) loop.wake();
    return heard.length < 3;
  });
  loop.ask();
  for (const now of [0, 16, 32, 48]) next(now);
  expect(heard).toEqual([false, true, false]);
});
