import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import type { NumberColumn, TimeColumn } from "../../bundle/index.ts";
import { dragged, type Grip, gripAt, rangeOf, type Stretch, stretchOf } from "../../data/filter/brush.ts";
import type { RangeFilter } from "../../data/filter/rules.ts";
import { type Scale, valueAt } from "../../data/scale.ts";
import { rangeWords } from "./words.ts";

type Range = RangeFilter["range"];

interface Props {
  column: NumberColumn | TimeColumn;
  scale: Scale;
  bins: number;
  range: Range;
  /** While the pointer draws. */
  onDraft: (range: Range) => void;
  onDone: (range: Range) => void;
  children: ComponentChildren;
}

/** CSS pixels around an end within which a pointer takes hold of it; a finger is wider. */
const REACH = { mouse: 7, touch: 18 };
/** A pointer that has moved less has clicked. */
const CLICK = 3;

/** A pointer that is down: where it came down, and on what. */
interface Drag {
  readonly from: number;
  readonly grip: Grip;
  readonly stretch: Stretch | null;
  moved: boolean;
  range: Range;
}

/** Draws a stretch over a histogram: by pointer, and by two sliders for those who use keys. */
export function Brush({ column, scale, bins, range, onDraft, onDone, children }: Props) {
  const ground = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const stretch = stretchOf(range, scale);
  const placeOf = (event: PointerEvent) => {
    const { left, width } = ground.current!.getBoundingClientRect();
    return (event.clientX - left) / width;
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const at = placeOf(event);
    const reach = (event.pointerType === "touch" ? REACH.touch : REACH.mouse) / ground.current!.clientWidth;
    drag.current = { from: at, grip: gripAt(stretch, at, reach), stretch, moved: false, range };
    ground.current!.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const held = drag.current;
    if (!held) return;
    const to = placeOf(event);
    if (!held.moved && Math.abs(to - held.from) * ground.current!.clientWidth < CLICK) return;
    held.moved = true;
    held.range = rangeOf(dragged(held.stretch, held.grip, held.from, to), scale, column);
    onDraft(held.range);
  };
  const up = () => {
    const held = drag.current;
    drag.current = null;
    if (!held) return;
    onDone(held.moved ? held.range : clicked(held, bins, scale, column));
  };
  const cancel = () => {
    if (drag.current) onDone(drag.current.stretch ? rangeOf(drag.current.stretch, scale, column) : null);
    drag.current = null;
  };
  return (
    <div
      ref={ground}
      class="brush"
      data-testid={`brush-${column.name}`}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={cancel}
    >
      {children}
      {stretch && (
        <div class="brushed" style={{ left: `${stretch[0] * 100}%`, right: `${(1 - stretch[1]) * 100}%` }} />
      )}
      <Ends column={column} scale={scale} bins={bins} range={range} onDone={onDone} />
    </div>
  );
}

/** A click takes a stretch away; where there is none, it keeps the bar that was clicked. */
function clicked({ stretch, from }: Drag, bins: number, scale: Scale, column: Props["column"]): Range {
  if (stretch) return null;
  const bin = Math.min(Math.max(Math.floor(from * bins), 0), bins - 1);
  return rangeOf([bin / bins, (bin + 1) / bins], scale, column);
}

type EndsProps = Pick<Props, "column" | "scale" | "bins" | "range" | "onDone">;

/** The stretch's ends as sliders: arrows move one by a bar, with Shift by five; Delete takes the stretch away. */
function Ends({ column, scale, bins, range, onDone }: EndsProps) {
  const stretch = stretchOf(range, scale) ?? [0, 1];
  const end = (side: 0 | 1, name: string) => {
    const at = stretch[side];
    const press = (event: KeyboardEvent) => {
      const to = movedTo(event, at, bins);
      if (to === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (to === "away") return onDone(null);
      const next: Stretch =
        side === 0 ? [Math.min(to, stretch[1]), stretch[1]] : [stretch[0], Math.max(to, stretch[0])];
      const [low, high] = rangeOf(next, scale, column);
      onDone(low === null && high === null ? null : [low, high]);
    };
    return (
      <div
        class={range ? "brush-end" : "brush-end idle"}
        style={{ left: `${at * 100}%` }}
        role="slider"
        tabIndex={0}
        aria-label={`${column.title}, ${name}`}
        aria-valuemin={scale.low}
        aria-valuemax={scale.high}
        aria-valuenow={valueAt(scale, at)}
        aria-valuetext={range ? rangeWords(range, column) : "any"}
        onKeyDown={press}
      />
    );
  };
  return (
    <>
      {end(0, "from")}
      {end(1, "to")}
    </>
  );
}

/** Where a key moves an end to; null where the key means nothing here. */
function movedTo({ key, shiftKey }: KeyboardEvent, at: number, bins: number): number | "away" | null {
  const step = (shiftKey ? 5 : 1) / bins;
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(at - step, 0);
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(at + step, 1);
    case "Home":
      return 0;
    case "End":
      return 1;
    case "Delete":
    case "Backspace":
      return "away";
    default:
      return null;
  }
}
