import { useEffect, useState } from "preact/hooks";
import type { SpriteOf } from "./item.ts";

export type Thumb = ImageBitmap | HTMLCanvasElement;

/** Follow the images of a few items, cut out of the sprite pages: page by page, so that each is decoded once. */
export function useThumbs(spriteOf: SpriteOf, items: readonly number[]): ReadonlyMap<number, Thumb> {
  const [thumbs, setThumbs] = useState<ReadonlyMap<number, Thumb>>(new Map());
  const key = items.join();
  useEffect(() => {
    let wanted = true;
    const came = new Map<number, Thumb>();
    let frame = 0;
    const show = () => {
      frame = 0;
      if (wanted) setThumbs(new Map(came));
    };
    for (const item of items.toSorted((a, b) => a - b)) {
      spriteOf(item).then(
        (image) => {
          if (!image || !wanted) return;
          came.set(item, image);
          frame ||= requestAnimationFrame(show);
        },
        () => undefined, // a cell without its image still has its name and distance
      );
    }
    return () => {
      wanted = false;
      cancelAnimationFrame(frame);
    };
  }, [spriteOf, key]);
  return thumbs;
}
