/** What sets chosen items apart from the others: values, numbers and words, with how sure that is. */

import type { CategoryColumn, NumberColumn, TimeColumn, Values } from "../bundle/index.ts";
import { MISSING_TIME, missingCode, missingName, NO_CATEGORY } from "../data/category.ts";
import { countOf, type Mask } from "../data/mask.ts";
import type { TermsAnswer } from "../rows/client.ts";

interface Common {
  /** The column's or field's name. */
  readonly field: string;
  readonly title: string;
  /** χ² with one degree of freedom: how unlikely it is by chance. */
  readonly score: number;
}

/** A value, or a word, that is more or less frequent inside than outside. */
export interface ShareFinding extends Common {
  readonly kind: "value" | "term";
  readonly text: string;
  /** The category's code; 0 for a word. */
  readonly code: number;
  /** How many items have it, and of how many. */
  readonly inside: number;
  readonly insideOf: number;
  readonly outside: number;
  readonly outsideOf: number;
  /** Share inside over share outside; infinite where nothing outside has it. */
  readonly lift: number;
}

/** A number that is higher or lower inside. */
export interface NumberFinding extends Common {
  readonly kind: "number";
  readonly column: NumberColumn | TimeColumn;
  readonly inside: number;
  readonly outside: number;
  /** How often a random item inside has more than one outside, 0 … 1. */
  readonly higher: number;
}

export type Finding = ShareFinding | NumberFinding;

/** The chance of a finding without a cause is below one in a thousand (χ², one degree of freedom). */
const SURE = 10.83;
const LEAST_LIFT = 1.25;
const LEAST_INSIDE = 3;
const LEAST_SHIFT = 0.07;
/** Items of a side whose numbers are compared: an even sample. */
const COMPARED = 20_000;

/** The log-likelihood ratio G² of two shares: Dunning (1993), Accurate methods for the statistics of surprise. */
export function surprise(inside: number, insideOf: number, outside: number, outsideOf: number): number {
  const all = insideOf + outsideOf;
  const share = (inside + outside) / all;
  const term = (observed: number, expected: number) =>
    observed > 0 ? observed * Math.log(observed / expected) : 0;
  return (
    2 *
    (term(inside, insideOf * share) +
      term(outside, outsideOf * share) +
      term(insideOf - inside, insideOf * (1 - share)) +
      term(outsideOf - outside, outsideOf * (1 - share)))
  );
}

/** Values of a category column that are more, or much less, frequent inside. */
export function valueFindings(column: CategoryColumn, codes: Values, chosen: Mask): ShareFinding[] {
  const missing = missingCode(codes);
  const inside = new Uint32Array(missing + 1);
  for (let item = 0; item < codes.length; item++) if (chosen[item]) inside[codes[item]!]!++;
  const insideOf = countOf(chosen);
  const outsideOf = codes.length - insideOf;
  const found: ShareFinding[] = [];
  const add = (code: number, text: string, own: number, all: number) => {
    const counts = { inside: own, insideOf, outside: all - own, outsideOf };
    const one = shareFinding({ kind: "value", field: column.name, title: column.title, text, code }, counts);
    if (one) found.push(one);
  };
  for (const [code, text] of column.categories.entries())
    add(code, text || "(empty)", inside[code]!, column.counts[code]!);
  add(NO_CATEGORY, missingName(column.name), inside[missing]!, column.missing);
  return found;
}

/** Words of the fields' texts that are more frequent inside. */
export function termFindings(answer: TermsAnswer, titleOf: (field: string) => string): ShareFinding[] {
  const { inside: insideOf, outside: outsideOf } = answer;
  return answer.fields.flatMap(({ field, terms }) =>
    terms.flatMap(({ term, inside, outside }) => {
      const what = { kind: "term" as const, field, title: titleOf(field), text: term, code: 0 };
      const one = shareFinding(what, { inside, insideOf, outside, outsideOf });
      return one && one.lift > 1 ? [one] : [];
    }),
  );
}

type What = Pick<ShareFinding, "kind" | "field" | "title" | "text" | "code">;
type Counts = Pick<ShareFinding, "inside" | "insideOf" | "outside" | "outsideOf">;

function shareFinding(what: What, counts: Counts): ShareFinding | null {
  const { inside, insideOf, outside, outsideOf } = counts;
  if (insideOf === 0 || outsideOf === 0) return null;
  const lift = inside / insideOf / (outside / outsideOf);
  const score = surprise(inside, insideOf, outside, outsideOf);
  const more = lift >= LEAST_LIFT && inside >= LEAST_INSIDE;
  const less = lift <= 1 / LEAST_LIFT ** 2;
  return score >= SURE && (more || less) ? { ...what, ...counts, lift, score } : null;
}

/** Whether a number column runs higher or lower inside: the medians, and the rank-sum test of Mann and Whitney. */
export function numberFinding(
  column: NumberColumn | TimeColumn,
  values: Values,
  chosen: Mask,
): NumberFinding | null {
  const inside = sample(column, values, chosen, 1);
  const outside = sample(column, values, chosen, 0);
  if (inside.length < LEAST_INSIDE || outside.length < LEAST_INSIDE) return null;
  const higher = chanceOfMore(inside, outside);
  const [n, m] = [inside.length, outside.length];
  const score = ((higher - 0.5) ** 2 * 12 * n * m) / (n + m + 1);
  if (score < SURE || Math.abs(higher - 0.5) < LEAST_SHIFT) return null;
  return {
    kind: "number",
    field: column.name,
    title: column.title,
    column,
    score,
    higher,
    inside: middleOf(inside),
    outside: middleOf(outside),
  };
}

/** An even sample of one side's numbers, ascending. */
function sample(column: NumberColumn | TimeColumn, values: Values, chosen: Mask, side: number): Float64Array {
  const none = column.kind === "time" ? MISSING_TIME : Number.NaN;
  let count = 0;
  for (let item = 0; item < values.length; item++) if (chosen[item] === side) count++;
  const step = Math.max(1, count / COMPARED);
  const numbers: number[] = [];
  let [seen, next] = [0, 0];
  for (let item = 0; item < values.length; item++) {
    if (chosen[item] !== side || seen++ < next) continue;
    next += step;
    const value = values[item]!;
    if (!Number.isNaN(value) && value !== none) numbers.push(value);
  }
  return Float64Array.from(numbers).sort();
}

function chanceOfMore(a: Float64Array, b: Float64Array): number {
  let [below, upTo, wins] = [0, 0, 0];
  for (const value of a) {
    while (below < b.length && b[below]! < value) below++;
    while (upTo < b.length && b[upTo]! <= value) upTo++;
    wins += (below + upTo) / 2; // a draw is half a win
  }
  return wins / (a.length * b.length);
}

function middleOf(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
