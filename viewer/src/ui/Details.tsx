import type { ComponentChildren } from "preact";
import type { MapBundle } from "../bundle/index.ts";
import type { Records } from "../rows/records.ts";
import type { ViewState } from "../state.ts";
import { Fields } from "./Fields.tsx";
import { fieldOf, formatValue, titleOf } from "./format.ts";
import { AlikeIcon, CloseIcon, FocusIcon } from "./icons.tsx";
import { type SpriteOf, useRecord } from "./item.ts";
import { Picture } from "./Picture.tsx";

interface Props {
  bundle: MapBundle;
  records: Records;
  state: ViewState;
  spriteOf: SpriteOf;
  onFlyTo: (item: number) => void;
  /** Search for items like this one, where that can be done. */
  onAlike?: ((item: number) => void) | undefined;
  /** What stands between the item itself and its fields. */
  children?: ComponentChildren;
}

/** The pinned item with all its fields. */
export function Details({ bundle, records, state, spriteOf, onFlyTo, onAlike, children }: Props) {
  const item = state.selected.value;
  if (item === null) return null;
  return (
    <Pinned
      item={item}
      bundle={bundle}
      records={records}
      spriteOf={spriteOf}
      onFlyTo={onFlyTo}
      onAlike={onAlike}
      onClose={() => {
        state.selected.value = null;
      }}
    >
      {children}
    </Pinned>
  );
}

type PinnedProps = Omit<Props, "state"> & { item: number; onClose: () => void };

function Pinned({ item, bundle, records, spriteOf, onFlyTo, onAlike, onClose, children }: PinnedProps) {
  const record = useRecord(records, item);
  const { fields } = bundle.manifest;
  const row = record.state === "here" ? record.row : null;
  const title = titleOf(row, fields, item);
  const text = fieldOf(fields, "text");
  const rest = fields.filter(({ role }) => role !== "text" && role !== "image");
  return (
    <aside class="details panel" aria-label="Pinned item" aria-live="polite">
      <header class="details-head">
        <h2>{record.state === "loading" ? "\u00a0" : title}</h2>
        {onAlike && (
          <button
            type="button"
            class="quiet"
            onClick={() => onAlike(item)}
            aria-label="More like this item"
            title="More like this (M)"
          >
            <AlikeIcon />
          </button>
        )}
        <button
          type="button"
          class="quiet"
          onClick={() => onFlyTo(item)}
          aria-label="Go to this item"
          title="Go to"
        >
          <FocusIcon />
        </button>
        <button
          type="button"
          class="quiet"
          onClick={onClose}
          aria-label="Unpin this item"
          title="Unpin (Esc)"
        >
          <CloseIcon />
        </button>
      </header>
      <div class="details-body">
        <Picture bundle={bundle} spriteOf={spriteOf} item={item} alt={title} />
        {text && row && <p class="details-text">{formatValue(row[text.name], text.type)}</p>}
        {children}
        {row && <Fields row={row} fields={rest} empty />}
        {record.state === "failed" && (
          <p class="card-failed">Its fields could not be read: {record.message}.</p>
        )}
      </div>
    </aside>
  );
}
