/** Codes that stand for what is no category of a column, whatever the stored type. */

import type { Values } from "../bundle/index.ts";

/** Items without a value. */
export const NO_CATEGORY = -1;
/** All categories that have no colour of their own. */
export const OTHER_CATEGORIES = -2;

/** What items without a value are called: of a column of topics, which a map names so, they belong to none. */
export function missingName(column: string): string {
  return /^_*topic_\d+$/.test(column) ? "Unlabelled" : "no value";
}

/** The stored code of "no value": the dtype's largest. */
export function missingCode(codes: Values): number {
  return codes.BYTES_PER_ELEMENT === 1 ? 255 : 65_535;
}

/** The stored time of "no value". */
export const MISSING_TIME = 4_294_967_295;
