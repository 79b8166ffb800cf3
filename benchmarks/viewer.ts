/**
 * The viewer beside its rivals, on the same data, in headless Chromium with software GL, over the same link.
 *
 *     npm --prefix benchmarks/viewer install
 *     npm --prefix benchmarks/viewer start -- --map mnist=FOLDER --map million=FOLDER --runs 5 --out FILE
 *
 * A map's folder holds its manifest.json. Each run is a page in a browser of its own; figures are medians over the runs.
 * Software GL says nothing of a GPU's speed, so frames are clocked on the main thread, not counted. Prints JSON.
 */

void import("./viewer/main.ts"); // beside its packages
