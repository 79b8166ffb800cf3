/** Words and the items they stand in: counted among items inside a selection and outside of it. */

export interface TermCounts {
  readonly term: string;
  readonly inside: number;
  readonly outside: number;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu;
const LONGEST = 40;
/** Of a text longer than this, what comes after is not read. */
const MOST_CHARACTERS = 20_000;

/** The different words of a text, in lower case; of a list, those of its entries. */
export function wordsOf(value: unknown): Set<string> {
  const words = new Set<string>();
  const text = Array.isArray(value) ? value.join(" \n ") : typeof value === "string" ? value : "";
  for (const [word] of text.slice(0, MOST_CHARACTERS).matchAll(WORD)) {
    if (word.length > 1 && word.length <= LONGEST) words.add(word.toLowerCase().replaceAll("’", "'"));
  }
  return words;
}

/** Counts in how many items each word stands. */
export class TermTally {
  private readonly counts = new Map<string, [number, number]>();

  add(value: unknown, inside: boolean): void {
    for (const word of wordsOf(value)) {
      let count = this.counts.get(word);
      if (!count) {
        count = [0, 0];
        this.counts.set(word, count);
      }
      count[inside ? 0 : 1]++;
    }
  }

  /** The words that stand in at least `least` items inside. */
  terms(least: number): TermCounts[] {
    const terms: TermCounts[] = [];
    for (const [term, [inside, outside]] of this.counts) {
      if (inside >= least) terms.push({ term, inside, outside });
    }
    return terms;
  }
}
