/** Fetches and decodes sprite pages of a map, and cuts single items out of them. */

import type { MapBundle, SpriteLevel } from "../bundle/index.ts";
import { PageDecoder } from "./decoder.ts";

/** Decoded pages kept for cutting out: hovering along neighbours stays on a page or two. */
const KEPT = 2;

export class PageReader {
  private readonly decoder: PageDecoder;
  private readonly kept = new Map<number, Promise<ImageBitmap>>();

  /** @param ready when pages may be fetched: the first picture has the line for itself. */
  constructor(
    private readonly map: MapBundle,
    private readonly ready: Promise<unknown>,
  ) {
    this.decoder = new PageDecoder(map.manifest.sprites?.mode === "rgba");
  }

  async read(level: SpriteLevel, page: number): Promise<ImageBitmap> {
    const file = level.pages[page];
    if (!file)
      throw new RangeError(`level ${level.name} has pages 0 to ${level.pages.length - 1}, not ${page}`);
    await this.ready;
    return this.decoder.decode(await this.map.file(file));
  }

  /** Cut an item's image out of the finest level; null in a map without sprites. */
  async crop(item: number): Promise<ImageBitmap | null> {
    const level = this.map.manifest.sprites?.levels.at(-1);
    const page = level?.pages.findIndex(({ first, count }) => item >= first && item < first + count) ?? -1;
    const file = level?.pages[page];
    if (!level || !file) return null;
    const { cell } = level;
    const columns = level.page / cell;
    const within = item - file.first;
    const image = await this.keep(level, page);
    return createImageBitmap(
      image,
      (within % columns) * cell,
      Math.floor(within / columns) * cell,
      cell,
      cell,
    );
  }

  /** Read an item's original image, reduced to `side` pixels on its longer side. */
  async original(item: number, side: number, signal: AbortSignal): Promise<ImageBitmap> {
    const url = this.map.imageUrl(item);
    if (!url)
      throw new RangeError(`item ${item} has no original here: a map without its server holds thumbnails`);
    const response = await this.map.source.request(url, { signal });
    const whole = await createImageBitmap(await response.blob(), { premultiplyAlpha: "premultiply" });
    const factor = side / Math.max(whole.width, whole.height);
    if (factor >= 1) return whole;
    const reduced = await createImageBitmap(whole, {
      resizeWidth: Math.max(Math.round(whole.width * factor), 1),
      resizeHeight: Math.max(Math.round(whole.height * factor), 1),
      resizeQuality: "high",
      premultiplyAlpha: "premultiply",
    });
    whole.close();
    return reduced;
  }

  dispose(): void {
    this.decoder.dispose();
    for (const page of this.kept.values()) page.then((image) => image.close()).catch(() => undefined);
    this.kept.clear();
  }

  private keep(level: SpriteLevel, page: number): Promise<ImageBitmap> {
    const image = this.kept.get(page) ?? this.read(level, page);
    this.kept.delete(page);
    this.kept.set(page, image); // last in the map: most recently used
    image.catch(() => this.kept.delete(page));
    for (const oldest of [...this.kept.keys()].slice(0, -KEPT)) this.kept.delete(oldest);
    return image;
  }
}
