import { Deck, OrthographicView } from "@deck.gl/core";
import { DataFilterExtension } from "@deck.gl/extensions";
import { ScatterplotLayer } from "@deck.gl/layers";
import { COLORS, type Numbers, readData, readNumbers } from "./page.ts";

const { count, xy, classes } = await readData();
const colors = new Uint8Array(count * 3);
for (let k = 0; k < count; k++) colors.set(COLORS[classes[k]! % COLORS.length]!, 3 * k);

const points = {
  id: "points",
  getRadius: 1,
  radiusUnits: "pixels",
  pickable: true,
} as const;
const attributes = { getPosition: { value: xy, size: 2 }, getFillColor: { value: colors, size: 3 } };

const deck = new Deck({
  parent: document.body as HTMLDivElement,
  views: new OrthographicView({ flipY: false }),
  initialViewState: { target: [0, 0, 0], zoom: Math.log2(Math.min(innerWidth, innerHeight) / 2.1) },
  controller: { inertia: false },
  layers: [new ScatterplotLayer({ ...points, data: { length: count, attributes } })],
  onAfterRender: () => {
    window.bench.painted = window.bench.complete = true;
  },
});

/** Its filter is a range on the device, fed with the numbers when it is first wanted. */
let numbers: Promise<Numbers | null> | null = null;
const filtering = new DataFilterExtension({ filterSize: 1 });
const filtered = ({ values, low, high }: Numbers, from: number, to: number) =>
  new ScatterplotLayer({
    ...points,
    id: "filtered",
    data: { length: count, attributes: { ...attributes, getFilterValue: { value: values, size: 1 } } },
    filterRange: [low + from * (high - low), low + to * (high - low)],
    extensions: [filtering],
  });

window.bench.acts = {
  async filter(from, to) {
    numbers ??= readNumbers();
    const column = await numbers;
    if (!column) return null;
    return () => {
      deck.setProps({ layers: [filtered(column, from, to)] });
      deck.redraw("filter");
    };
  },
  pick:
    ({ x, y }) =>
    () =>
      deck.pickObject({ x, y, radius: 4 }),
};
