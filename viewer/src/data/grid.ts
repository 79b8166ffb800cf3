/** A layout in which no item covers another: each has a cell of a square grid, near to where it stood. */

import { STEPS } from "../camera/frame.ts";
import type { Layout } from "../layers/layout.ts";

/** A grid may be this much narrower than a square. */
const NARROWEST = 0.88;

/** Items and the cells they share out among themselves. */
interface Share {
  readonly first: number;
  readonly end: number;
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Give each item a cell of its own: cut the grid in two halves across its longer side, and the items at their median along
 * the same axis, until each half is one cell (a k-d tree built on both at once). Who stood left stays left.
 */
export function griddedLayout(layout: Layout): Layout {
  const count = layout.cells.length / 2;
  const side = columnsFor(count);
  const rows = Math.ceil(count / side);
  const items = Uint32Array.from({ length: count }, (_, item) => item);
  const keys = sortKeys(layout);
  const places = new Uint32Array(count);
  const open: Share[] = [{ first: 0, end: count, column: 0, row: 0, columns: side, rows }];
  for (let share = open.pop(); share; share = open.pop()) {
    const { first, end, column, row, columns, rows: high } = share;
    if (end === first) continue;
    if (columns * high === 1) {
      places[items[first] as number] = row * side + column;
      continue;
    }
    const across = columns >= high;
    const cut = across ? columns >> 1 : high >> 1;
    const low = across ? { column, row, columns: cut, rows: high } : { column, row, columns, rows: cut };
    const rest = across
      ? { column: column + cut, row, columns: columns - cut, rows: high }
      : { column, row: row + cut, columns, rows: high - cut };
    // The first half is filled: empty cells gather in one corner instead of being sprinkled over the map.
    const middle = first + Math.min(end - first, low.columns * low.rows);
    partition(items, keys[across ? 0 : 1], first, end, middle);
    open.push({ ...low, first, end: middle }, { ...rest, first: middle, end });
  }
  return laidOut(layout.name, places, side, rows);
}

/** Columns of the grid, nearly square, that leaves the fewest cells empty. */
function columnsFor(count: number): number {
  const square = Math.ceil(Math.sqrt(count));
  const empty = (columns: number) => columns * Math.ceil(count / columns) - count;
  let best = square;
  for (let columns = square; columns > NARROWEST * square; columns--)
    if (empty(columns) < empty(best)) best = columns;
  return best;
}

/** Positions along both axes, exact in 24 bits. */
function sortKeys({ cells, fine }: Layout): readonly [Uint32Array, Uint32Array] {
  const axis = (c: 0 | 1) =>
    Uint32Array.from({ length: cells.length / 2 }, (_, item) => {
      const k = 2 * item + c;
      return (cells[k] as number) * 256 + (fine ? (fine[k] as number) : 128);
    });
  return [axis(0), axis(1)];
}

/** Reorder items first … end − 1 so that those before `middle` have no larger key than those from it on (Hoare). */
function partition(items: Uint32Array, keys: Uint32Array, first: number, end: number, middle: number): void {
  let [low, high] = [first, end - 1];
  while (low < high) {
    const pivot = keys[items[(low + high) >> 1] as number] as number;
    let [i, j] = [low, high];
    while (i <= j) {
      while ((keys[items[i] as number] as number) < pivot) i++;
      while ((keys[items[j] as number] as number) > pivot) j--;
      if (i > j) break;
      const kept = items[i] as number;
      items[i++] = items[j] as number;
      items[j--] = kept;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

function laidOut(name: string, places: Uint32Array, columns: number, rows: number): Layout {
  const cells = new Uint16Array(2 * places.length);
  const fine = new Uint8Array(2 * places.length);
  const put = (at: number, step: number) => {
    cells[at] = step >> 8;
    fine[at] = step & 255;
  };
  for (let item = 0; item < places.length; item++) {
    const column = (places[item] as number) % columns;
    const row = ((places[item] as number) - column) / columns;
    put(2 * item, Math.floor(((column + 0.5) / columns) * STEPS));
    put(2 * item + 1, Math.floor(((row + 0.5) / rows) * STEPS));
  }
  const side = Math.max(columns, rows);
  const frame = { left: 0, bottom: 0, width: columns, height: rows, side };
  return { name, frame, cells, fine, pitch: 1 / side };
}
