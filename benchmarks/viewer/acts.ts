/** What is done with a map once it is there, clocked in its page: a filter is brushed, items are encircled and pointed at. */

import type { Page } from "playwright-core";
import type { PageActs } from "./rivals/page.ts";

interface Spread {
  readonly median_ms: number;
  readonly most_ms: number;
}

/** Each from its cause to its effect handed to the device; null where a page knows no such act, or the map has no numbers. */
export interface Acts {
  /** A brush over a column of numbers moves on. */
  readonly filter: Spread | null;
  /** A lasso of 64 points is closed. */
  readonly lasso: Spread | null;
  /** A stroke of 400 points with a brush of 100 pixels' radius is ended. */
  readonly stroke: Spread | null;
  /** The item under a pointer is looked up. */
  readonly pick: Spread | null;
}

type Times = Record<keyof Acts, number[]>;

export async function clockActs(page: Page): Promise<Acts> {
  await page.evaluate(bringOwnActs);
  const times = await page.evaluate(clockInPage);
  return {
    filter: spread(times.filter),
    lasso: spread(times.lasso),
    stroke: spread(times.stroke),
    pick: spread(times.pick),
  };
}

function spread(list: readonly number[]): Spread | null {
  if (list.length === 0) return null;
  const sorted = [...list].sort((a, b) => a - b);
  const digits = (value: number) => Number(value.toFixed(2));
  return { median_ms: digits(sorted[Math.floor(sorted.length / 2)]!), most_ms: digits(sorted.at(-1)!) };
}

/** In the page: do each act some times, at rest in between. */
async function clockInPage(): Promise<Times> {
  const { filter, lasso, stroke, pick, rest, handed } = (window as unknown as { bench: { acts: PageActs } })
    .bench.acts;
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const clocked = async (turns: number, resting: boolean, prepare: (k: number) => Prepared | undefined) => {
    const times: number[] = [];
    for (let k = 0; k < turns; k++) {
      const act = await prepare(k);
      if (!act) return [];
      const started = performance.now();
      await act();
      const took = performance.now() - started;
      times.push(took + ((await handed?.()) ?? 0));
      await frame();
      if (resting) await rest?.();
    }
    return times.slice(Math.floor(turns / 8)); // the first compile what the others run
  };
  type Prepared = ReturnType<NonNullable<PageActs["pick"]>>;
  const circle = (reach: number, points: number, bumps: number) =>
    Array.from({ length: points }, (_, t) => {
      const angle = (t / points) * 2 * Math.PI;
      const radius = reach * (1 + 0.3 * Math.sin(bumps * angle));
      return { x: 640 + radius * Math.cos(angle), y: 400 + radius * Math.sin(angle) };
    });
  const times = {
    filter: await clocked(16, false, (k) => filter?.((k + 1) / 240, (k + 1) / 80)),
    lasso: await clocked(6, true, (k) => lasso?.(circle(120 + 10 * k, 64, 5))),
    stroke: await clocked(4, true, (k) => stroke?.(circle(90 + 10 * k, 400, 3), 100)),
    pick: [] as number[],
  };
  const until = performance.now() + 3000; // a rival that searches all items for each is not waited for longer
  for (let k = 0; pick && k < 400 && performance.now() < until; k++) {
    const act = await pick({ x: 300 + ((k * 137) % 680), y: 120 + ((k * 71) % 560) });
    const started = performance.now();
    await act();
    times.pick.push(performance.now() - started);
  }
  return times;
}

/** In Terrella's page: its own acts, by its hook for tests and what lies behind that. */
function bringOwnActs(): void {
  // biome-ignore lint/suspicious/noExplicitAny: the viewer's hook for tests, and what lies behind it
  const { terrella } = window as any;
  if (!terrella) return;
  const { state, view } = terrella;
  const { filters } = state;
  const setRules = (rules: unknown, draft: unknown) => {
    if (rules) filters.rules.value = rules;
    filters.draft.value = draft;
  };
  const canvas = document.querySelector<HTMLCanvasElement>("canvas#map")!;
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const send = (type: string, { x, y }: { x: number; y: number }) => {
    const where = { clientX: x, clientY: y, bubbles: true };
    const how = { pointerId: 7, pointerType: "mouse", button: 0, buttons: 1 };
    canvas.dispatchEvent(new PointerEvent(type, { ...how, ...where }));
  };
  const draw =
    (tool: string) =>
    async (path: readonly { x: number; y: number }[], radius = 0) => {
      state.selection.tool.value = tool;
      if (radius > 0) state.selection.brush.value = radius;
      state.chosen.value = null;
      if (filters.draft.peek()) setRules(filters.draft.peek(), null); // the brush has been let go
      await new Promise((resolve) => requestAnimationFrame(resolve));
      send("pointerdown", path[0]!);
      for (const [k, at] of path.entries()) {
        send("pointermove", at);
        if (k % 8 === 0) await pause(0); // a hand takes its time, and the page may do so, too
      }
      await pause(0);
      return () => {
        send("pointerup", path.at(-1)!); // chooses and lights before it returns; the next frame uploads
        if (state.chosen.peek() === null) throw new Error("the stroke chose nothing");
      };
    };
  const facet = filters.facets.find((one: { column: { kind: string } }) => one.column.kind === "number");
  const filter = async (low: number, high: number) => {
    const { scale } = facet.facet.peek() ?? { scale: { low: 0, high: 100 } };
    const at = (share: number) => scale.low + share * (scale.high - scale.low);
    const { name: column } = facet.column;
    const rule = { kind: "range", column, range: [at(low), at(high)], missing: false, not: false };
    return () => {
      const before = state.filtered.peek();
      const done = new Promise<void>((resolve) => {
        const stop = state.filtered.subscribe((mask: unknown) => {
          if (mask === before) return;
          queueMicrotask(() => {
            stop();
            resolve();
          });
        });
      });
      setRules(null, { filters: [rule], match: "all" }); // as a brush does that is being moved
      return done;
    };
  };
  const acts: PageActs = {
    ...(facet ? { filter } : {}),
    lasso: draw("lasso"),
    stroke: draw("brush"),
    pick: (at) => () => view.hand.grip.itemAt(at),
    async handed() {
      const { frames } = view.stats();
      for (let k = 0; k < 1000 && view.stats().frames === frames; k++) await pause(1);
      return view.stats().frameTime;
    },
    async rest() {
      for (let k = 0; k < 40 && !view.stats().idle; k++) await pause(20);
    },
  };
  Object.assign(window, { bench: { acts } });
}
