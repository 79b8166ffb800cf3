import { useEffect, useState } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import { ImageIcon } from "../icons.tsx";
import { say } from "../notice.ts";
import { imageOf, searchByImage } from "./image.ts";

/** An image dropped or pasted anywhere on the page is searched by. */
export function DropTarget({ atlas }: { atlas: Atlas }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(false);
      take(imageOf(event.dataTransfer), event.dataTransfer.files.length);
    };
    const paste = (event: ClipboardEvent) => take(imageOf(event.clipboardData), 0);
    const take = (image: File | null, files: number) => {
      if (image) void searchByImage(atlas, image);
      else if (files > 0) say(atlas, "That is no image. Drop a PNG, JPEG, GIF, WebP or BMP file.");
    };
    const listeners = { dragenter: drag, dragover: drag, dragleave: leave, drop, paste };
    for (const [type, listener] of Object.entries(listeners))
      addEventListener(type, listener as EventListener);
    return () => {
      for (const [type, listener] of Object.entries(listeners))
        removeEventListener(type, listener as EventListener);
    };
  }, [atlas]);
  if (!over) return null;
  return (
    <div class="drop-target" aria-hidden="true">
      <p>
        <ImageIcon />
        Drop an image to find what looks like it
      </p>
    </div>
  );
}
