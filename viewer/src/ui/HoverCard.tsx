import { useLayoutEffect, useRef } from "preact/hooks";
import type { MapBundle } from "../bundle/index.ts";
import type { Records } from "../rows/records.ts";
import type { ViewState } from "../state.ts";
import { Fields } from "./Fields.tsx";
import { fieldOf, formatValue, titleOf } from "./format.ts";
import { type SpriteOf, useRecord } from "./item.ts";
import { Picture } from "./Picture.tsx";
import { around, beside, type Rectangle } from "./place.ts";

interface Props {
  bundle: MapBundle;
  records: Records;
  state: ViewState;
  spriteOf: SpriteOf;
  /** The square that the item's image covers on the screen, or null where it is a dot. */
  boxOf: (item: number) => Rectangle | null;
}

/** CSS pixels around its middle that a finger covers. */
const FINGER = 36;

/** Fields beside label and text that a card has room for; the pinned card shows all. */
const MOST_FIELDS = 5;

/** The item under the pointer, enlarged; follows the pointer without covering what it points at. */
export function HoverCard(props: Props) {
  const { state } = props;
  const item = state.hovered.value;
  if (item === null || item === state.selected.value) return null;
  return <Card {...props} item={item} />;
}

function Card({ bundle, records, state, spriteOf, boxOf, item }: Props & { item: number }) {
  const card = useRef<HTMLDivElement>(null);
  const pointer = state.pointer.value;
  const record = useRecord(records, item);
  const { fields } = bundle.manifest;
  useLayoutEffect(() => {
    const { style, offsetWidth: width, offsetHeight: height } = card.current!;
    const finger = matchMedia("(hover: none)").matches;
    const subject = finger ? around(pointer, FINGER) : (boxOf(item) ?? around(pointer));
    const view = { width: innerWidth, height: innerHeight };
    const { left, top } = beside(subject, { width, height }, view, finger);
    style.transform = `translate(${left}px, ${top}px)`;
  });
  const row = record.state === "here" ? record.row : null;
  const title = titleOf(row, fields, item);
  const text = fieldOf(fields, "text");
  const rest = fields.filter(({ role }) => role === null).slice(0, MOST_FIELDS);
  return (
    <div ref={card} class="hover-card panel" data-testid="hover-card" aria-hidden="true">
      <Picture bundle={bundle} spriteOf={spriteOf} item={item} alt={title} />
      <div class="card-text">
        <p class="card-title">{record.state === "loading" ? "\u00a0" : title}</p>
        {text && row && <p class="card-excerpt">{formatValue(row[text.name], text.type)}</p>}
        {row && <Fields row={row} fields={rest} />}
        {record.state === "failed" && <p class="card-failed">Its fields could not be read.</p>}
      </div>
    </div>
  );
}
