import type { Atlas } from "../app.ts";

const SHOWN_MS = 8000;

/** Tell the reader something for some seconds. */
export function say({ notice }: Pick<Atlas, "notice">, words: string): void {
  notice.value = words;
  setTimeout(() => {
    if (notice.peek() === words) notice.value = "";
  }, SHOWN_MS);
}
