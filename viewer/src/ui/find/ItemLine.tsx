import { useEffect, useRef, useState } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import type { MapBundle, Row } from "../../bundle/index.ts";
import { fieldOf, formatValue, titleOf } from "../format.ts";
import { useRecord } from "../item.ts";
import { colorOfItem } from "../kin/color.ts";
import { type Highlight, Marked } from "./Marked.tsx";

interface Props {
  atlas: Atlas;
  item: number;
  /** What stands at the line's end, a distance. */
  aside?: string | null;
  /** What to set off in the text. */
  highlight?: Highlight | null;
  current?: boolean;
  image?: preact.ComponentChild;
  onChoose?: (item: number) => void;
}

/** One item in a list, by its title and a bit of its text; its record is read when the line comes into sight. */
export function ItemLine({ atlas, item, aside = null, highlight = null, current, image, onChoose }: Props) {
  const { state } = atlas;
  const line = useRef<HTMLLIElement>(null);
  const seen = useSeen(line);
  const point = (to: number | null) => () => {
    state.kin.pointed.value = to;
  };
  const choose =
    onChoose ??
    ((chosen) => {
      state.selected.value = chosen;
    });
  return (
    <li ref={line} class="line">
      <button
        type="button"
        class="line-button"
        aria-current={current ? "true" : undefined}
        onClick={() => choose(item)}
        onPointerEnter={point(item)}
        onPointerLeave={point(null)}
        onFocus={point(item)}
        onBlur={point(null)}
      >
        {image ?? <i class="swatch" style={{ background: colorOfItem(state, item) }} />}
        {seen ? (
          <Words atlas={atlas} item={item} highlight={highlight} />
        ) : (
          <span class="line-words">&nbsp;</span>
        )}
        {aside !== null && <span class="line-aside">{aside}</span>}
      </button>
    </li>
  );
}

function Words({ atlas, item, highlight }: { atlas: Atlas; item: number; highlight: Highlight | null }) {
  const { bundle, records } = atlas;
  const record = useRecord(records, item);
  const { fields } = bundle.manifest;
  const row = record.state === "here" ? record.row : null;
  const { text, field } = excerptOf(row, bundle, highlight);
  const title = record.state === "loading" ? "\u00a0" : titleOf(row, fields, item);
  return (
    <span class="line-words">
      <span class="line-title">
        <Marked text={title} highlight={highlight} />
      </span>
      {text && text !== title && (
        <span class="line-excerpt">
          {field && <span class="line-field">{field} </span>}
          <Marked text={text} highlight={highlight} around />
        </span>
      )}
    </span>
  );
}

/** The field that holds what is set off, else the item's text; its name where the reader would not expect it. */
function excerptOf(row: Row | null, { manifest: { fields } }: MapBundle, highlight: Highlight | null) {
  if (!row) return { text: null, field: null };
  const main = fieldOf(fields, "text");
  const textOf = (field: (typeof fields)[number]) => formatValue(row[field.name], field.type);
  const inMain = main ? textOf(main) : null;
  if (!highlight || (inMain !== null && highlight(inMain))) return { text: inMain, field: null };
  for (const field of fields) {
    if (field === main || field.role === "label") continue;
    const text = textOf(field);
    if (text !== null && highlight(text)) return { text, field: field.title };
  }
  return { text: inMain, field: null };
}

/** Whether an element has come into sight once. */
function useSeen(ref: { current: Element | null }): boolean {
  const [seen, setSeen] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    if (seen) return undefined;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) setSeen(true);
    });
    observer.observe(ref.current!);
    return () => observer.disconnect();
  }, [seen, ref]);
  return seen;
}
