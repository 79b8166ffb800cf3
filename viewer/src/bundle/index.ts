export { fetchAhead } from "./ahead.ts";
export type { OnPart, ReadOptions, Values } from "./arrays.ts";
export { MapBundle, type Row } from "./bundle.ts";
export { MapError, type MapProblem, READABLE } from "./errors.ts";
export type * from "./manifest.ts";
export type { Neighborhood } from "./neighbors.ts";
export { apiOf, type OpenOptions, openMap } from "./open.ts";
export { type Fetch, Source } from "./source.ts";
