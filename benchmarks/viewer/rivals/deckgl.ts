import { Deck, OrthographicView } from "@deck.gl/core";
import { ScatterplotLayer } from "@deck.gl/layers";
import { COLORS, readData } from "./page.ts";

const { count, xy, classes } = await readData();
const colors = new Uint8Array(count * 3);
for (let k = 0; k < count; k++) colors.set(COLORS[classes[k]! % COLORS.length]!, 3 * k);

new Deck({
  parent: document.body as HTMLDivElement,
  views: new OrthographicView({ flipY: false }),
  initialViewState: { target: [0, 0, 0], zoom: Math.log2(Math.min(innerWidth, innerHeight) / 2.1) },
  controller: { inertia: false },
  layers: [
    new ScatterplotLayer({
      id: "points",
      data: {
        length: count,
        attributes: { getPosition: { value: xy, size: 2 }, getFillColor: { value: colors, size: 3 } },
      },
      getRadius: 1,
      radiusUnits: "pixels",
      pickable: true,
    }),
  ],
  onAfterRender: () => {
    window.bench.painted = window.bench.complete = true;
  },
});
