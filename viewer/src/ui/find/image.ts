import type { Atlas } from "../../app.ts";
import { say } from "../notice.ts";

/** More than the server takes. */
const MOST_BYTES = 24 << 20;

/** Search by an image that was dropped, pasted or chosen; says so where nobody can. */
export async function searchByImage(atlas: Atlas, image: File): Promise<void> {
  const { server, state } = atlas;
  if (!(await server.can("search-image"))) {
    const words = (await server.can("search-item"))
      ? "This map's items were not compared by their images, so that an image can't be searched by."
      : "Searching by an image needs the server: open the map with terrella serve.";
    say(atlas, words);
  } else if (image.size > MOST_BYTES) {
    say(atlas, `${image.name} has more than ${MOST_BYTES >> 20} MB. Drop a smaller image.`);
  } else {
    state.search.query.value = { by: "image", image, title: image.name || "the pasted image" };
  }
}

/** The first image that a drop or a paste carries. */
export function imageOf(data: DataTransfer | null): File | null {
  return Array.from(data?.files ?? []).find(({ type }) => type.startsWith("image/")) ?? null;
}
