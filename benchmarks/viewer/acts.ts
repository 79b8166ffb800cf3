/** What only a whole viewer does, clocked in Terrella's page: brush a filter, draw a lasso, point at items. */

import type { Page } from "playwright-core";

interface Spread {
  readonly median_ms: number;
  readonly most_ms: number;
}

export interface Acts {
  readonly filter: Spread | null;
  readonly lasso: Spread;
  readonly pick: Spread;
}

/** Clock them; the filter brushes over the first column of numbers. */
export async function clockActs(page: Page): Promise<{ acts: Acts }> {
  const times = await page.evaluate(inPage);
  const spread = (list: number[]): Spread => {
    const sorted = [...list].sort((a, b) => a - b);
    const digits = (value: number) => Number(value.toFixed(2));
    return { median_ms: digits(sorted[Math.floor(sorted.length / 2)]!), most_ms: digits(sorted.at(-1)!) };
  };
  return {
    acts: {
      filter: times.filter.length > 0 ? spread(times.filter) : null,
      lasso: spread(times.lasso),
      pick: spread(times.pick),
    },
  };
}

async function inPage() {
  // biome-ignore lint/suspicious/noExplicitAny: the viewer's hook for tests, and what lies behind it
  const { state, view } = (window as any).terrella;
  const canvas = document.querySelector<HTMLCanvasElement>("canvas#map")!;
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const rest = async () => {
    for (let k = 0; k < 100 && !view.stats().idle; k++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const send = (type: string, x: number, y: number) =>
    canvas.dispatchEvent(
      new PointerEvent(type, {
        pointerId: 7,
        pointerType: "mouse",
        clientX: x,
        clientY: y,
        button: 0,
        buttons: 1,
        bubbles: true,
      }),
    );

  /** From a brush's movement to the mask on the GPU. */
  const filter: number[] = [];
  const facet = state.filters.facets.find(
    (one: { column: { kind: string } }) => one.column.kind === "number",
  );
  if (facet) {
    const { name } = facet.column;
    const values = facet.facet.peek();
    const [low, high] = values?.scale ? [values.scale.low, values.scale.high] : [0, 100];
    for (let k = 0; k < 60; k++) {
      const edge = low + ((high - low) * (k + 1)) / 80;
      const started = performance.now();
      const rule = {
        kind: "range",
        column: name,
        range: [low + (edge - low) / 3, edge],
        missing: false,
        not: false,
      };
      const done = new Promise<void>((resolve) => {
        const before = state.filtered.peek();
        const stop = state.filtered.subscribe((mask: unknown) => {
          if (mask !== before)
            queueMicrotask(() => {
              stop();
              resolve();
            });
        });
      });
      state.filters.rules.value = { filters: [rule], match: "all" };
      await done;
      if (k >= 5) filter.push(performance.now() - started);
      await frame();
    }
    state.filters.rules.value = { filters: [], match: "all" };
    await rest();
  }

  /** From the lasso's end to the mask on the GPU. */
  const lasso: number[] = [];
  state.selection.tool.value = "lasso";
  await frame();
  for (let k = 0; k < 12; k++) {
    const [x, y, reach] = [640, 400, 120 + 10 * k];
    send("pointerdown", x + reach, y);
    for (let t = 1; t < 64; t++) {
      const angle = (t / 64) * 2 * Math.PI;
      const radius = reach * (1 + 0.3 * Math.sin(5 * angle));
      send("pointermove", x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    const started = performance.now();
    send("pointerup", x + reach, y);
    for (let w = 0; w < 100 && state.chosen.peek() === null; w++)
      await new Promise((resolve) => setTimeout(resolve, 1));
    lasso.push(performance.now() - started);
    state.chosen.value = null;
    await frame();
  }
  state.selection.tool.value = "move";
  await rest();

  /** Finding the item under the pointer. */
  const pick: number[] = [];
  for (let k = 0; k < 400; k++) {
    const at = { x: 300 + ((k * 137) % 680), y: 120 + ((k * 71) % 560) };
    const started = performance.now();
    view.hand.grip.itemAt(at);
    pick.push(performance.now() - started);
  }
  return { filter, lasso, pick };
}
