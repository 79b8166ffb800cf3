/** What the page and its filtering worker tell each other. */

import type { Column } from "../../bundle/index.ts";
import type { Mask } from "../mask.ts";
import type { ScaleKind } from "../scale.ts";
import type { Facet } from "./facet.ts";
import type { Rules } from "./rules.ts";

/** First of all: which map. The worker reads its columns itself, so that the page never holds or unpacks them. */
export interface OpenJob {
  readonly kind: "open";
  readonly base: string;
  readonly columns: readonly Column[];
  readonly count: number;
}

/** Filter by these rules; of rules that come faster than they can be followed, only the last are. */
export interface RulesJob {
  readonly kind: "rules";
  readonly id: number;
  readonly rules: Rules;
}

/** The facets on the page, to be counted from now on. */
export interface WatchJob {
  readonly kind: "watch";
  readonly facets: readonly WatchedFacet[];
}

export interface WatchedFacet {
  readonly column: string;
  /** How its axis runs, where the reader has chosen. */
  readonly scale?: ScaleKind | undefined;
}

export type FilterJob = OpenJob | RulesJob | WatchJob;

export interface MaskAnswer {
  readonly kind: "mask";
  readonly id: number;
  /** Null where nothing is filtered. */
  readonly mask: Mask | null;
  readonly matching: number;
  /** Milliseconds that the worker took. */
  readonly took: number;
}

export interface FacetAnswer {
  readonly kind: "facet";
  readonly column: string;
  readonly facet: Facet;
}

export interface CountsAnswer {
  readonly kind: "counts";
  readonly counts: readonly { readonly column: string; readonly counts: Uint32Array<ArrayBuffer> }[];
}

/** A column can't be read. */
export interface TroubleAnswer {
  readonly kind: "trouble";
  readonly column: string;
  readonly message: string;
  /** The rules that can't be followed for it, if any. */
  readonly id: number | null;
}

export type FilterAnswer = MaskAnswer | FacetAnswer | CountsAnswer | TroubleAnswer;
