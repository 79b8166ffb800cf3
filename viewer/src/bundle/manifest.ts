// Generated from schema/manifest.schema.json by `npm run types`. Edit the schema, not this file.

/**
 * Relative to the manifest, forward slashes, no '..'; holds the first 12 hex digits of the file's sha256.
 */
export type Path = string;
export type Sha256 = string;
/**
 * How many items were placed among the others since all were last laid out together; absent for none.
 */
export type Placed = number;
/**
 * x_min, y_min, x_max, y_max in the layout's own units; y points up.
 *
 * @minItems 4
 * @maxItems 4
 */
export type Extent = [number, number, number, number];
export type Column = CategoryColumn | NumberColumn | TimeColumn;

/**
 * manifest.json of a Terrella map, format version 1. The prose is in docs/format.md.
 */
export interface Manifest {
  format: "terrella-map";
  version: 1;
  /**
   * Program and version that wrote the map, e.g. 'terrella 0.1.0'.
   */
  generator: string;
  /**
   * UTC time of writing, ISO 8601, e.g. '2026-11-21T02:30:00Z'.
   */
  created: string;
  /**
   * Slug of the dataset.
   */
  name: string;
  title: string;
  description: string;
  /**
   * Number of items; every array has this many.
   */
  count: number;
  /**
   * Ends of the levels of detail, ascending; the last equals count. Items before each end are a spatially stratified sample.
   *
   * @minItems 1
   */
  levels: [number, ...number[]];
  order: ArrayRef;
  /**
   * @minItems 1
   */
  projections: [Projection, ...Projection[]];
  /**
   * Columns the viewer can colour and filter by.
   */
  columns: Column[];
  /**
   * Columns of the row shards, in their order.
   */
  fields: Field[];
  rows: Rows | null;
  sprites: Sprites | null;
  knn: Neighbors | null;
  sequences: Sequence[];
  topics: TopicsRef | null;
  duplicates?: NearDuplicates | null;
  /**
   * What the map carries beyond positions, e.g. 'sprites', 'rows', 'knn'. A reader ignores names it does not know.
   */
  capabilities: string[];
  view: View;
  made?: Made;
}
/**
 * A little-endian array (count, components), cut into files along its first axis.
 */
export interface ArrayRef {
  dtype: "u8" | "u16" | "u32" | "f32";
  components: number;
  count: number;
  /**
   * @minItems 1
   */
  parts: [Part, ...Part[]];
}
/**
 * One file of an array: items first … first + count − 1 in display order.
 */
export interface Part {
  path: Path;
  bytes: number;
  sha256: Sha256;
  first: number;
  count: number;
  encoding: "raw" | "planes-gzip";
}
export interface Projection {
  name: string;
  title: string;
  /**
   * 'umap', 'pca', 'tsne', 'given', …
   */
  method: string;
  parameters: {
    [k: string]: unknown;
  };
  seed: number | null;
  /**
   * Time the layout took.
   */
  seconds: number;
  placed?: Placed;
  extent: Extent;
  positions: ArrayRef;
  /**
   * u8 × 2: cell within that cell on a 256 grid, for deep zoom.
   */
  fine: ArrayRef | null;
  quality: Quality | null;
}
/**
 * Measures of a layout by name, e.g. trustworthiness; error is the standard error when sampled.
 */
export interface Quality {
  [k: string]: Measure;
}
export interface Measure {
  value: number;
  /**
   * Standard error, where it was measured on a sample.
   */
  error?: number;
}
export interface CategoryColumn {
  name: string;
  title: string;
  kind: "category";
  values: ArrayRef;
  /**
   * In natural order: numbers by value, then text.
   */
  categories: string[];
  counts: number[];
  /**
   * How many items have no value.
   */
  missing: number;
}
export interface NumberColumn {
  name: string;
  title: string;
  kind: "number";
  values: ArrayRef;
  min: number;
  max: number;
  integer: boolean;
  missing: number;
}
export interface TimeColumn {
  name: string;
  title: string;
  kind: "time";
  values: ArrayRef;
  /**
   * ISO 8601 UTC time of value 0.
   */
  origin: string;
  unit: "seconds" | "days";
  min: number;
  max: number;
  missing: number;
}
export interface Field {
  name: string;
  title: string;
  type: "string" | "integer" | "number" | "boolean" | "time" | "list" | "object";
  role: "id" | "label" | "text" | "image" | null;
}
/**
 * Parquet shards in display order, their columns as in fields; snappy; row groups of row_group rows, read by ranges.
 */
export interface Rows {
  row_group: number;
  /**
   * @minItems 1
   */
  parts: [Shard, ...Shard[]];
}
export interface Shard {
  path: Path;
  bytes: number;
  sha256: Sha256;
  first: number;
  count: number;
}
/**
 * Thumbnails in square cells on WebP or PNG pages, in display order, cells row by row from the top left.
 */
export interface Sprites {
  /**
   * grey: R = G = B, opaque. rgba: straight alpha, also where an image is not square.
   */
  mode: "grey" | "rgb" | "rgba";
  /**
   * Grey pages only: 'light' when strokes are light on an empty dark ground (luminance is coverage), 'dark' the reverse, null when neither.
   */
  ink: "light" | "dark" | null;
  /**
   * Coarse to fine.
   *
   * @minItems 1
   */
  levels: [SpriteLevel, ...SpriteLevel[]];
  colors: ArrayRef;
  /**
   * Display indices drawn as the placeholder.
   */
  unreadable: number[];
}
export interface SpriteLevel {
  name: "L0" | "L1";
  /**
   * Cell size in pixels.
   */
  cell: 16 | 32 | 64;
  /**
   * Page width in pixels, a multiple of cell; heights are trimmed to the cells in use.
   */
  page: number;
  /**
   * @minItems 1
   */
  pages: [SpritePage, ...SpritePage[]];
}
export interface SpritePage {
  path: Path;
  bytes: number;
  sha256: Sha256;
  first: number;
  count: number;
  height: number;
}
export interface Neighbors {
  k: number;
  metric: string;
  /**
   * Whether these are the true nearest items or most of them.
   */
  method: "exact" | "approximate";
  /**
   * Share of the true neighbours that an approximate graph holds; null for an exact one, or where nobody measured.
   */
  recall: Measure | null;
  indices: ArrayRef;
  distances: ArrayRef;
}
/**
 * Ordered frames of the same items: the epochs of a run, a spectrum of layouts. One extent for all frames.
 */
export interface Sequence {
  name: string;
  title: string;
  /**
   * 'run', 'spectrum', …
   */
  kind: string;
  parameters: {
    [k: string]: unknown;
  };
  seed: number | null;
  /**
   * Time that all frames took.
   */
  seconds: number;
  placed?: Placed;
  extent: Extent;
  /**
   * @minItems 1
   */
  frames: [Frame, ...Frame[]];
}
export interface Frame {
  name: string;
  value: number | null;
  positions: ArrayRef;
  quality: Quality | null;
}
/**
 * Where the topics are: a JSON file as TopicsFile has it, and a column of categories for each level.
 */
export interface TopicsRef {
  path: Path;
  bytes: number;
  sha256: Sha256;
  /**
   * The projection that the topics' places lie on.
   */
  projection: string;
  /**
   * Names of the columns, coarsest level first: an item's code is its topic's place among those of its level.
   */
  columns: string[];
}
/**
 * Items that lie within a cutoff of one another.
 */
export interface NearDuplicates {
  /**
   * Largest distance between two near duplicates, in scales.
   */
  cutoff: number;
  /**
   * The distance that counts as 1.
   */
  scale: number;
  /**
   * Name of the column with each item's class.
   */
  column: string;
  clusters: ArrayRef;
  /**
   * Number of clusters.
   */
  count: number;
}
/**
 * What to show first.
 */
export interface View {
  projection: string;
  /**
   * Name of a column, or null for the items' own colours.
   */
  color: string | null;
}
/**
 * Where the map comes from; absent where it was not made from a stored dataset.
 */
export interface Made {
  /**
   * Name of the map among the dataset's; 'main' where nobody named it.
   */
  map: string;
  /**
   * Version of the dataset, whose rows 'order' counts in.
   */
  version: number;
  /**
   * Name of the vectors that neighbours and layouts were made from.
   */
  vectors: string;
  /**
   * Names what the maker remembers of this making, to make the map again; nothing to a reader.
   */
  kept?: string;
}
export interface File {
  path: Path;
  /**
   * Size of the file as stored.
   */
  bytes: number;
  sha256: Sha256;
}
/**
 * topics.json: topics by their ids, coarse levels first.
 */
export interface TopicsFile {
  topics: Topic[];
  parameters: {
    [k: string]: unknown;
  };
}
export interface Topic {
  /**
   * Its place in the list.
   */
  id: number;
  /**
   * 1 on the coarsest level.
   */
  depth: number;
  /**
   * The topic that holds it, of the level before.
   */
  parent: number | null;
  /**
   * Different from all others of its level.
   */
  name: string;
  /**
   * What tells it apart, best first.
   */
  words: string[];
  named_by: "words" | "labels" | "fields" | "number" | "namer";
  count: number;
  /**
   * Where its name stands, in the projection's units.
   */
  x: number;
  y: number;
  /**
   * Magnifications from which and to which its name is shown; 1 shows the whole projection, null is no end.
   *
   * @minItems 2
   * @maxItems 2
   */
  zoom: [number | null, number | null];
  /**
   * Display indices of items that stand for it, best first.
   */
  examples: number[];
}
