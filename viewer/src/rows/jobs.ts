/** What the page asks of the rows' worker, and what it answers. */

import type { Row } from "../bundle/bundle.ts";
import type { Field, Rows } from "../bundle/manifest.ts";
import type { TermCounts } from "./terms.ts";

export type FieldLike = Pick<Field, "name" | "type">;

export interface Opening {
  readonly kind: "open";
  readonly base: string;
  readonly rows: Rows;
}

/** The fields of a few items, in the order asked for. */
export interface RowsJob {
  readonly kind: "rows";
  readonly items: Uint32Array;
  readonly fields: readonly string[];
}

/** Which words stand in items inside, and in others, of as many as a bounded number of row groups holds. */
export interface TermsJob {
  readonly kind: "terms";
  readonly inside: Uint32Array;
  readonly outside: Uint32Array;
  readonly fields: readonly FieldLike[];
}

/** Items in the order of a field's text. */
export interface SortJob {
  readonly kind: "sort";
  readonly items: Uint32Array;
  readonly field: FieldLike;
  readonly descending: boolean;
}

/** Items as a text file: all fields as CSV, or ids line by line. */
export interface FileJob {
  readonly kind: "file";
  readonly format: "csv" | "ids";
  /** Ascending. */
  readonly items: Uint32Array;
  readonly fields: readonly FieldLike[];
  readonly tags: readonly { readonly name: string; readonly items: Uint8Array }[];
}

export type Job = RowsJob | TermsJob | SortJob | FileJob;

export interface Answers {
  rows: readonly Row[];
  terms: TermsAnswer;
  sort: Uint32Array;
  file: Blob;
}

export interface TermsAnswer {
  readonly fields: readonly { readonly field: string; readonly terms: readonly TermCounts[] }[];
  /** How many items were read of each. */
  readonly inside: number;
  readonly outside: number;
}

export type Message =
  | { readonly id: number; readonly progress: number }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string };
