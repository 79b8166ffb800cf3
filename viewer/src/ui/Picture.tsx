import { useLayoutEffect, useRef } from "preact/hooks";
import type { MapBundle } from "../bundle/index.ts";
import { type SpriteOf, usePicture } from "./item.ts";
import { softContext } from "./soft.ts";

interface Props {
  bundle: MapBundle;
  spriteOf: SpriteOf;
  item: number;
  alt: string;
}

/** Images smaller than this are shown with their pixels as squares: enlarging must not blur what is there. */
const TINY = 96;

/** An item's image, enlarged; nothing where the map has no images. */
export function Picture({ bundle, spriteOf, item, alt }: Props) {
  const { sprite, original } = usePicture(bundle, spriteOf, item);
  const { sprites } = bundle.manifest;
  if (!sprites) return null;
  return (
    <div class="picture" data-ink={sprites.ink ?? undefined}>
      {original ? (
        <img src={original.url} alt={alt} class={original.size < TINY ? "tiny" : ""} draggable={false} />
      ) : (
        <Sprite image={sprite} alt={alt} />
      )}
    </div>
  );
}

function Sprite({ image, alt }: { image: ImageBitmap | HTMLCanvasElement | null; alt: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const target = canvas.current!;
    target.width = image?.width ?? 1;
    target.height = image?.height ?? 1;
    if (image) softContext(target)?.drawImage(image, 0, 0);
  }, [image]);
  const named = alt === "" ? { "aria-hidden": true } : { role: "img" as const, "aria-label": alt };
  return <canvas ref={canvas} class="tiny" {...named} />;
}
