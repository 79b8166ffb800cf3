import createScatterplot from "regl-scatterplot";
import { COLORS, canvasOf, readData } from "./page.ts";

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
