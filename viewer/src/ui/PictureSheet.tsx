import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Atlas } from "../app.ts";
import {
  copyPicture,
  fileName,
  hasShapes,
  previewOf,
  savePicture,
  takePicture,
  type Wish,
  widthsOf,
} from "../picture/picture.ts";
import { formatCount } from "./format.ts";
import { Sheet } from "./Sheet.tsx";

/** CSS pixels across the preview, at most. */
const PREVIEW = 520;

const FACTORS = [1, 2, 4] as const;

/** Copies or saves what the map shows, with or without its title and legend. */
export default function PictureSheet({ atlas }: { atlas: Atlas }) {
  const { picture } = atlas.state;
  const said = useSignal("");
  const busy = useSignal(false);
  const caption = picture.caption.value;
  const widths = widthsOf(atlas, caption);
  const width = picture.width.value ?? Math.min(2 * widths.plain, widths.most);
  const fault = faultOf(width, widths.most);
  const close = () => {
    picture.shown.value = false;
  };
  useLayoutEffect(() => {
    atlas.state.hovered.value = null;
  }, [atlas]);
  const act = async (deed: (taken: Promise<Blob>, wish: Wish) => Promise<string>) => {
    const wish = { format: picture.format.peek(), ratio: width / widths.plain, caption };
    busy.value = true;
    said.value = "";
    try {
      said.value = await deed(takePicture(atlas, wish), wish);
    } catch (error) {
      said.value = `That did not work: ${(error as Error).message}.`;
    }
    busy.value = false;
  };
  return (
    <Sheet title="Picture" class="picture-sheet" onClose={close}>
      <Preview atlas={atlas} caption={caption} />
      <div class="picture-wishes">
        <Format atlas={atlas} />
        <Width atlas={atlas} width={width} plain={widths.plain} most={widths.most} fault={fault} />
        <label class="check">
          <input
            type="checkbox"
            checked={caption}
            onChange={({ currentTarget }) => {
              picture.caption.value = currentTarget.checked;
              picture.width.value = null;
            }}
          />
          <span>Title and legend</span>
        </label>
      </div>
      <footer class="picture-deeds">
        <p class="note" role="status">
          {fault || said.value || (busy.value ? "Drawing…" : describe(atlas, width, widths.plain))}
        </p>
        <button
          type="button"
          class="deed"
          disabled={fault !== "" || busy.value}
          onClick={() =>
            act(async (taken, { format }) => {
              await copyPicture(taken, format);
              return "Copied.";
            })
          }
        >
          Copy
        </button>
        <button
          type="button"
          class="deed chief"
          disabled={fault !== "" || busy.value}
          onClick={() =>
            act(async (taken, { format }) => {
              const blob = await taken;
              savePicture(blob, fileName(atlas, format));
              return `Saved, ${sizeText(blob.size)}.`;
            })
          }
        >
          Save
        </button>
      </footer>
    </Sheet>
  );
}

function Preview({ atlas, caption }: { atlas: Atlas; caption: boolean }) {
  const frame = useRef<HTMLDivElement>(null);
  const theme = atlas.state.theme.value;
  useEffect(() => {
    let wanted = true;
    previewOf(atlas, caption, PREVIEW).then(
      (canvas) => wanted && frame.current?.replaceChildren(canvas),
      () => undefined, // the deeds below say what is wrong
    );
    return () => {
      wanted = false;
    };
  }, [atlas, caption, theme]);
  return <div ref={frame} class="picture-preview" role="img" aria-label="Preview of the picture" />;
}

function Format({ atlas }: { atlas: Atlas }) {
  const { format } = atlas.state.picture;
  return (
    <fieldset class="segments small">
      <legend class="unseen">Format</legend>
      {(["png", "svg"] as const).map((one) => (
        <label key={one} class="segment">
          <input
            type="radio"
            name="picture-format"
            checked={format.value === one}
            onChange={() => {
              format.value = one;
            }}
          />
          <span>{one.toUpperCase()}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface WidthProps {
  atlas: Atlas;
  width: number;
  plain: number;
  most: number;
  fault: string;
}

function Width({ atlas, width, plain, most, fault }: WidthProps) {
  const { picture } = atlas.state;
  const factors = useComputed(() => FACTORS.filter((factor) => factor * plain <= most));
  return (
    <div class="picture-width">
      <fieldset class="segments small">
        <legend class="unseen">Size</legend>
        {factors.value.map((factor) => (
          <label key={factor} class="segment">
            <input
              type="radio"
              name="picture-size"
              checked={width === factor * plain}
              onChange={() => {
                picture.width.value = factor * plain;
              }}
            />
            <span>{factor}×</span>
          </label>
        ))}
      </fieldset>
      <label class="picture-pixels">
        <span class="unseen">Width in pixels</span>
        <input
          type="number"
          class="find"
          min={LEAST}
          max={most}
          value={Number.isNaN(width) ? "" : width}
          aria-invalid={fault !== ""}
          onInput={({ currentTarget }) => {
            picture.width.value = currentTarget.valueAsNumber;
          }}
        />
        <span aria-hidden="true">px wide</span>
      </label>
    </div>
  );
}

/** Narrower than this a legend's words are dust. */
const LEAST = 200;

function faultOf(width: number, most: number): string {
  if (Number.isInteger(width) && width >= LEAST && width <= most) return "";
  const got = Number.isFinite(width) ? `, not ${width}` : "";
  return `Here a picture can be ${LEAST} to ${formatCount(most)} pixels wide${got}.`;
}

function describe(atlas: Atlas, width: number, plain: number): string {
  const { format, caption } = atlas.state.picture;
  const { height } = widthsOf(atlas, caption.value);
  const pixels = `${formatCount(width)} × ${formatCount(Math.round((height * width) / plain))} pixels`;
  if (format.value === "png") return `${pixels}.`;
  return hasShapes(atlas)
    ? "Dots and words as shapes: sharp at any size."
    : `Words as shapes, the map as an image.`;
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
