import { type Signal, signal } from "@preact/signals";
import type { Manifest } from "../bundle/index.ts";
import { wordFields } from "../find/fields.ts";
import { type Query, vectorOf } from "../find/query.ts";

/** What a search has found so far. */
export interface SearchResults {
  readonly query: Query;
  readonly state: "searching" | "here" | "failed";
  /** Items, the best first; those of a text search in display order. */
  readonly items: ArrayLike<number>;
  /** How far each is from what was searched for; null where they simply match. */
  readonly distances: readonly number[] | null;
  /** What the distances are: a metric's name. */
  readonly metric: string | null;
  /** How many of the first distances are true; see find/ranked.ts. */
  readonly exact: number;
  /** Share of the rows that were gone through. */
  readonly done: number;
  readonly message: string;
}

/** What the search field is for. */
export type SearchMode = "text" | "words" | "vector";

export interface SearchState {
  readonly query: Signal<Query | null>;
  readonly results: Signal<SearchResults | null>;
  /** How many of the nearest light up, of a search by likeness. */
  readonly reach: Signal<number>;
  readonly mode: Signal<SearchMode>;
  /** The fields that a text is looked for in; null for all that hold words. */
  readonly fields: Signal<readonly string[] | null>;
  /** Whether a phone shows the search field. */
  readonly open: Signal<boolean>;
}

export const USUAL_REACH = 100;

export function createSearch(): SearchState {
  return {
    query: signal<Query | null>(null),
    results: signal<SearchResults | null>(null),
    reach: signal(USUAL_REACH),
    mode: signal<SearchMode>("text"),
    fields: signal<readonly string[] | null>(null),
    open: signal(false),
  };
}

/** A search as it stands in an address; an image does so as the vector that it became. */
export interface SearchAddress {
  find?: string;
  /** Names of the fields to look into. */
  within?: string[];
  like?: number;
  words?: string;
  vector?: string;
  reach?: number;
}

export function searchAddress({ query, reach, fields }: SearchState): SearchAddress {
  const asked = query.value;
  const near = reach.value === USUAL_REACH ? {} : { reach: reach.value };
  switch (asked?.by) {
    case "text":
      return { find: asked.text, ...(fields.value ? { within: [...fields.value] } : {}) };
    case "item":
      return { like: asked.item, ...near };
    case "words":
      return { words: asked.text, ...near };
    case "vector":
      return { vector: asked.vector.join(), ...near };
    default:
      return {};
  }
}

export function applySearchAddress(search: SearchState, address: SearchAddress, manifest: Manifest): void {
  const query = queryOf(address, manifest.count);
  const known = wordFields(manifest).map(({ name }) => name);
  const within = known.filter((name) => address.within?.includes(name));
  const some = within.length > 0 && within.length < known.length ? within : null;
  if (JSON.stringify(some) !== JSON.stringify(search.fields.peek())) search.fields.value = some;
  if (JSON.stringify(query) !== JSON.stringify(plain(search.query.peek()))) search.query.value = query;
  search.reach.value = address.reach ?? USUAL_REACH;
  if (query && query.by !== "item" && query.by !== "image") search.mode.value = query.by;
}

/** A query without what an address does not carry. */
function plain(query: Query | null): Query | null {
  return query?.by === "vector" ? { ...query, title: null } : query;
}

function queryOf({ find, like, words, vector }: SearchAddress, count: number): Query | null {
  if (find) return { by: "text", text: find };
  if (like !== undefined) return like < count ? { by: "item", item: like } : null;
  if (words) return { by: "words", text: words };
  const numbers = vector ? vectorOf(vector) : null;
  return numbers && { by: "vector", vector: numbers, title: null };
}

export function writeSearch(
  { find, within, like, words, vector, reach }: SearchAddress,
  fields: URLSearchParams,
): void {
  if (find !== undefined) fields.set("find", find);
  for (const name of within ?? []) fields.append("within", name);
  if (like !== undefined) fields.set("like", String(like));
  if (words !== undefined) fields.set("words", words);
  if (vector !== undefined) fields.set("vector", vector);
  if (reach !== undefined) fields.set("reach", String(reach));
}

export function readSearch(fields: URLSearchParams): SearchAddress {
  const address: SearchAddress = {};
  for (const key of ["find", "words", "vector"] as const) {
    const value = fields.get(key);
    if (value) address[key] = value;
  }
  const within = fields.getAll("within");
  if (within.length > 0) address.within = within;
  const like = fields.get("like");
  if (like && /^\d{1,10}$/.test(like)) address.like = Number(like);
  const reach = fields.get("reach");
  if (reach && /^[1-9]\d{0,5}$/.test(reach)) address.reach = Number(reach);
  return address;
}
