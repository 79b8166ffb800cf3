import type { Command } from "../../commands.ts";
import type { PictureState } from "../../state/picture.ts";

/** Taking pictures of the map. */
export function pictureCommands(picture: PictureState): Command[] {
  return [
    {
      title: "Copy or save a picture",
      group: "Page",
      keys: ["y"],
      run: () => {
        picture.shown.value = true;
      },
    },
  ];
}
