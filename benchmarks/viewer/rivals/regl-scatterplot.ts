import createScatterplot from "regl-scatterplot";
import { COLORS, canvasOf, type Numbers, readData, readNumbers } from "./page.ts";

const { count, xy, classes } = await readData();
const x = new Float32Array(count);
const y = new Float32Array(count);
for (let k = 0; k < count; k++) [x[k], y[k]] = [xy[2 * k]!, xy[2 * k + 1]!];
const canvas = canvasOf();
const scatterplot = createScatterplot({
  canvas,
  width: innerWidth,
  height: innerHeight,
  pointSize: 2,
  colorBy: "valueA",
  pointColor: COLORS.map(([r, g, b]) => [r / 255, g / 255, b / 255, 1] as [number, number, number, number]),
});
await scatterplot.draw(
  { x, y, z: Float32Array.from(classes, (c) => c % COLORS.length) },
  { zDataType: "categorical" },
);
window.bench.painted = window.bench.complete = true;

/** It filters by a list of indices, which its user has to find; a lasso is an outline in GL space. */
let numbers: Promise<Numbers | null> | null = null;
const aspect = innerWidth / innerHeight;
window.bench.acts = {
  async filter(from, to) {
    numbers ??= readNumbers();
    const column = await numbers;
    if (!column) return null;
    return async () => {
      const { values, low, high } = column;
      const [least, most] = [low + from * (high - low), low + to * (high - low)];
      const kept: number[] = [];
      for (let k = 0; k < count; k++) if (values[k]! >= least && values[k]! <= most) kept.push(k);
      await scatterplot.filter(kept);
    };
  },
  lasso: (path) => () =>
    scatterplot.lassoSelect(
      path.map(({ x: px, y: py }) => [((2 * px) / innerWidth - 1) * aspect, 1 - (2 * py) / innerHeight]),
      { isGl: true },
    ),
  async rest() {
    scatterplot.deselect();
  },
};
