/** How many items of each category lie in each cell of a grid over the unit square of map space, sparsely. */

/** Entries sorted by cell; a cell's entries stand at starts[cell] … starts[cell + 1] − 1. */
export interface Tally {
  /** Cells along a side. */
  readonly side: number;
  readonly starts: Uint32Array;
  readonly codes: Uint16Array;
  readonly counts: Uint32Array;
}

/** Count items by cell and category; codes from `categories` on belong to none. */
export function tallyOf(
  cellOf: (item: number) => number,
  codes: ArrayLike<number>,
  categories: number,
  side: number,
): Tally {
  const ends = new Uint32Array(side * side + 1);
  const cells = new Uint32Array(codes.length);
  for (let item = 0; item < codes.length; item++) {
    const cell = cellOf(item);
    cells[item] = cell;
    (ends[cell + 1] as number)++;
  }
  for (let cell = 0; cell < side * side; cell++) (ends[cell + 1] as number) += ends[cell] as number;
  const next = ends.slice();
  const sorted = new Uint16Array(codes.length);
  for (let item = 0; item < codes.length; item++) {
    const cell = cells[item] as number;
    const at = next[cell] as number;
    next[cell] = at + 1;
    sorted[at] = codes[item] as number;
  }
  return gathered(side, categories, (cell, add) => {
    for (let k = ends[cell] as number; k < (ends[cell + 1] as number); k++) add(sorted[k] as number, 1);
  });
}

/** Sum a tally's cells in blocks of 2 × 2. */
export function halvedTally({ side, starts, codes, counts }: Tally, categories: number): Tally {
  const half = side / 2;
  return gathered(half, categories, (cell, add) => {
    const column = cell % half;
    const first = (cell - column) * 4 + column * 2;
    for (const child of [first, first + 1, first + side, first + side + 1]) {
      for (let k = starts[child] as number; k < (starts[child + 1] as number); k++)
        add(codes[k] as number, counts[k] as number);
    }
  });
}

type Add = (code: number, count: number) => void;

function gathered(side: number, categories: number, visit: (cell: number, add: Add) => void): Tally {
  const starts = new Uint32Array(side * side + 1);
  const codes: number[] = [];
  const counts: number[] = [];
  const tally = new Uint32Array(categories);
  let touched: number[] = [];
  const add: Add = (code, count) => {
    if (code >= categories) return;
    if (tally[code] === 0) touched.push(code);
    (tally[code] as number) += count;
  };
  for (let cell = 0; cell < side * side; cell++) {
    visit(cell, add);
    for (const code of touched) {
      codes.push(code);
      counts.push(tally[code] as number);
      tally[code] = 0;
    }
    touched = [];
    starts[cell + 1] = codes.length;
  }
  return { side, starts, codes: Uint16Array.from(codes), counts: Uint32Array.from(counts) };
}
