/** The same data for everybody: a Terrella map as it is, and its points as the flat arrays that the rivals take. */

import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Fetch, openMap } from "../../viewer/src/bundle/index.ts";

const fromDisk: Fetch = async (input) => new Response(await readFile(fileURLToPath(String(input))));

/** Write points.f32, classes.u8, pages.json and values.f32 (its first column of numbers, to filter by) for a map into `folder`/data; returns how many items it has. */
export async function exportData(map: string, folder: string): Promise<number> {
  const bundle = await openMap(pathToFileURL(`${resolve(map)}/`), { fetch: fromDisk });
  const { manifest, count } = bundle;
  const { projection, color } = manifest.view;
  const [left, bottom, right, top] = bundle.projection(projection).extent as unknown as number[];
  const cells = await bundle.positions(projection);
  const half = Math.max(right! - left!, top! - bottom!) / 2;
  const xy = new Float32Array(count * 2);
  for (let k = 0; k < count; k++) {
    xy[2 * k] = ((cells[2 * k]! / 65535 - 0.5) * (right! - left!)) / half;
    xy[2 * k + 1] = ((cells[2 * k + 1]! / 65535 - 0.5) * (top! - bottom!)) / half;
  }
  const codes = color === null ? new Uint8Array(count) : Uint8Array.from(await bundle.values(color));
  const data = join(folder, "data");
  await mkdir(data, { recursive: true });
  await writeFile(join(data, "points.f32"), xy);
  await writeFile(join(data, "classes.u8"), codes);
  const numbers = manifest.columns.find(({ kind }) => kind === "number");
  const values = numbers ? Float32Array.from(await bundle.values(numbers.name)) : new Float32Array(0);
  await writeFile(join(data, "values.f32"), values);
  const level = manifest.sprites?.levels[0];
  const pages = level && {
    cell: level.cell,
    side: level.page,
    urls: level.pages.map(({ path }) => `map/${path}`),
  };
  await writeFile(join(data, "pages.json"), JSON.stringify(pages ?? null));
  await symlink(resolve(map), join(folder, "map")).catch(() => undefined);
  return count;
}
