import type { Atlas } from "../../app.ts";
import type { Kin } from "../../find/kin.ts";
import { Picture } from "../Picture.tsx";
import { Thumb } from "../Thumb.tsx";
import { type Thumb as Image, useThumbs } from "../thumbs.ts";
import { colorOfItem } from "./color.ts";
import { distanceOf } from "./words.ts";

/** Up to so many by so many, cells show the original image; more are too small to tell it from the thumbnail. */
const LARGE = 3;
/** Up to so many by so many, distances have room to be read. */
const ROOMY = 5;

interface Props {
  atlas: Atlas;
  kin: Kin;
  side: number;
}

/** Kin as a square of images, the nearest first; each leads to its item. */
export function KinGrid({ atlas, kin, side }: Props) {
  const { items } = kin.ranked;
  const thumbs = useThumbs(atlas.view.spriteOf, side > LARGE ? items : []);
  return (
    <ol class="kin-grid" style={{ "--side": side }} data-roomy={side <= ROOMY}>
      {items.map((item, k) => (
        <li key={item}>
          <Cell
            atlas={atlas}
            kin={kin}
            k={k}
            image={side > LARGE ? thumbs.get(item) : null}
            roomy={side <= ROOMY}
          />
        </li>
      ))}
    </ol>
  );
}

interface CellProps {
  atlas: Atlas;
  kin: Kin;
  k: number;
  /** The thumbnail, undefined while it is on its way; null asks for the original. */
  image: Image | undefined | null;
  roomy: boolean;
}

function Cell({ atlas, kin, k, image, roomy }: CellProps) {
  const { bundle, state, view } = atlas;
  const item = kin.ranked.items[k]!;
  const distance = distanceOf(kin, k);
  const point = (to: number | null) => () => {
    state.kin.pointed.value = to;
  };
  const name = `Neighbour ${k + 1}${distance === null ? "" : `, distance ${distance}`}`;
  return (
    <button
      type="button"
      class="kin-cell"
      aria-label={name}
      title={name}
      onClick={() => {
        state.selected.value = item;
      }}
      onPointerEnter={point(item)}
      onPointerLeave={point(null)}
      onFocus={point(item)}
      onBlur={point(null)}
    >
      {image === null ? (
        <Picture bundle={bundle} spriteOf={view.spriteOf} item={item} alt="" />
      ) : (
        <Thumb image={image} ink={bundle.manifest.sprites?.ink ?? null} />
      )}
      <i class="kin-tint" style={{ background: colorOfItem(state, item) }} />
      {roomy && distance !== null && <span class="kin-distance">{distance}</span>}
    </button>
  );
}
