import { useLayoutEffect, useRef } from "preact/hooks";
import { softContext } from "./soft.ts";
import type { Thumb as Image } from "./thumbs.ts";

/** A small image, for the eye only: what it shows is said beside it. */
export function Thumb({ image, ink }: { image: Image | undefined; ink: string | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const target = canvas.current!;
    target.width = image?.width ?? 1;
    target.height = image?.height ?? 1;
    if (image) softContext(target)?.drawImage(image, 0, 0);
  }, [image]);
  return <canvas ref={canvas} class="thumb" data-ink={ink ?? undefined} />;
}
