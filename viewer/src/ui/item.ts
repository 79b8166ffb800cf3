import { useEffect, useState } from "preact/hooks";
import type { MapBundle, Row } from "../bundle/index.ts";
import type { Records } from "../rows/records.ts";

/** A pointer that only passes over an item asks for nothing. */
const PATIENCE_MS = 50;

export type Record =
  | { readonly state: "loading" }
  | { readonly state: "here"; readonly row: Row | null }
  | { readonly state: "failed"; readonly message: string };

/** Follow an item's record: what is loading is given up when another item takes its place. */
export function useRecord(records: Records, item: number): Record {
  const [held, setHeld] = useState<{ item: number; record: Record } | null>(null);
  useEffect(() => {
    const giveUp = new AbortController();
    const timer = setTimeout(() => {
      records.read(item, giveUp.signal).then(
        (row) => giveUp.signal.aborted || setHeld({ item, record: { state: "here", row } }),
        (error: Error) => {
          if (!giveUp.signal.aborted) setHeld({ item, record: { state: "failed", message: error.message } });
        },
      );
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [records, item]);
  return held?.item === item ? held.record : { state: "loading" };
}

export type SpriteOf = (item: number) => Promise<ImageBitmap | HTMLCanvasElement | null>;

/** Follow an item's image: its sprite at once, its original when the server has sent it. */
export function usePicture(bundle: MapBundle, spriteOf: SpriteOf, item: number) {
  const [sprite, setSprite] = useState<{ item: number; image: ImageBitmap | HTMLCanvasElement } | null>(null);
  const [original, setOriginal] = useState<{ item: number; url: string; size: number } | null>(null);
  useEffect(() => {
    let wanted = true;
    spriteOf(item).then(
      (image) => wanted && image && setSprite({ item, image }),
      () => undefined, // the card is whole without its image
    );
    const url = bundle.imageUrl(item)?.href;
    const loading = new Image();
    loading.onload = () => {
      const size = Math.max(loading.naturalWidth, loading.naturalHeight);
      if (wanted) setOriginal({ item, url: loading.src, size });
    };
    const timer = url ? setTimeout(() => (loading.src = url), PATIENCE_MS) : undefined;
    return () => {
      wanted = false;
      clearTimeout(timer);
      loading.onload = null;
    };
  }, [bundle, spriteOf, item]);
  return {
    sprite: sprite?.item === item ? sprite.image : null,
    original: original?.item === item ? original : null,
  };
}
