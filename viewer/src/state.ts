import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Address, CameraPosition } from "./address.ts";
import type { Manifest } from "./bundle/index.ts";
import { otherThan } from "./compare/place.ts";
import { NO_CATEGORY, OTHER_CATEGORIES } from "./data/category.ts";
import { type Coloring, columnOf, dimMask } from "./data/coloring.ts";
import { EXTRA_TITLES } from "./data/extras.ts";
import { allOf, type Mask } from "./data/mask.ts";
import { applyColorAddress, type ColorState, colorAddress, createColors } from "./state/colors.ts";
import { addCompare, applyCompare, type CompareState, createCompare } from "./state/compare.ts";
import { applyFilterAddress, createFilters, type FilterState, filterAddress } from "./state/filters.ts";
import { createKin, type KinState, kinOf, readKin, writeKin } from "./state/kin.ts";
import { applyLook, createLook, type LookState, lookAddress } from "./state/look.ts";
import { createPicture, type PictureState } from "./state/picture.ts";
import { applySearchAddress, createSearch, type SearchState, searchAddress } from "./state/search.ts";
import { createSelection, type SelectionState, selectionOf, selectionText } from "./state/selection.ts";
import { applySql, createSql, type SqlState, sqlText } from "./state/sql.ts";
import { applyTable, createTable, type TableState, tableText } from "./state/table.ts";
import { createTags, type TagsState } from "./state/tags.ts";
import { addTimeline, applyTimeline, createTimeline, type TimelineState } from "./state/timeline.ts";
import type { Theme } from "./theme.ts";

export interface SpriteStyle {
  readonly visible: boolean;
  /** Grey images as ink in the item's colour on transparent ground, rather than whole tiles. */
  readonly ink: boolean;
  /** Factor on the size that the map chooses, 0.5 … 2. */
  readonly size: number;
}

export interface PointerPosition {
  readonly x: number;
  readonly y: number;
}

/** What the panel beside the map is open at. */
export type Tab = "colours" | "filters" | "selection";

/** What the map shows, as signals; the view, the panels and the page's address follow it. */
export interface ViewState {
  readonly projection: Signal<string>;
  /** The sequence shown in the projection's place, if one is. */
  readonly timeline: TimelineState;
  /** A second map beside the first. */
  readonly compare: CompareState;
  /** Whether the whole map is shown in small while one looks at a part of it. */
  readonly minimap: Signal<boolean>;
  readonly color: Signal<string | null>;
  readonly coloring: Signal<Coloring | null>;
  /** Codes of the categories that stay bright; empty means all. */
  readonly isolated: Signal<ReadonlySet<number>>;
  readonly colors: ColorState;
  readonly filters: FilterState;
  /** Items that pass the filters, match the search, are chosen; null where there is none. */
  readonly filtered: Signal<Mask | null>;
  readonly found: Signal<Mask | null>;
  readonly chosen: Signal<Mask | null>;
  /** Items that the legend isolates, the filters pass and the search finds: what can be chosen; null for all. */
  readonly passing: ReadonlySignal<Mask | null>;
  /** Items that stay bright: passing and chosen; null lights all. */
  readonly lit: ReadonlySignal<Mask | null>;
  readonly look: LookState;
  readonly selection: SelectionState;
  readonly tags: TagsState;
  readonly table: TableState;
  readonly sql: SqlState;
  readonly sprites: Signal<SpriteStyle>;
  readonly hovered: Signal<number | null>;
  readonly pointer: Signal<PointerPosition>;
  readonly selected: Signal<number | null>;
  /** The others that the pinned item is shown with. */
  readonly kin: KinState;
  readonly search: SearchState;
  /** Items that the map puts a ring around. */
  readonly marked: ReadonlySignal<readonly number[]>;
  readonly camera: Signal<CameraPosition | null>;
  /** The reader's choice; null follows the system. */
  readonly chosenTheme: Signal<Theme | null>;
  readonly systemTheme: Signal<Theme>;
  readonly theme: ReadonlySignal<Theme>;
  readonly tab: Signal<Tab>;
  readonly keysShown: Signal<boolean>;
  readonly picture: PictureState;
  /** Whether the measures of quality are unfolded. */
  readonly qualityShown: Signal<boolean>;
}

/** Start from the map's first view, changed by what the address says. */
export function createState(manifest: Manifest, address: Address, systemTheme: Theme): ViewState {
  const chosenTheme = signal<Theme | null>(null);
  const system = signal(systemTheme);
  const color = signal<string | null>(manifest.view.color);
  const coloring = signal<Coloring | null>(null);
  const isolated = signal<ReadonlySet<number>>(new Set());
  const [filtered, found, chosen] = [mask(), mask(), mask()];
  const hovered = signal<number | null>(null);
  const selected = signal<number | null>(null);
  const kin = createKin(manifest);
  const passing = computed(() => {
    const legend = isolatedMask(coloring.value, color.value, isolated.value);
    return allOf([legend, filtered.value, found.value]);
  });
  const state: ViewState = {
    projection: signal(manifest.view.projection),
    timeline: createTimeline(),
    compare: createCompare(),
    minimap: signal(true),
    color,
    coloring,
    isolated,
    colors: createColors(),
    filters: createFilters(manifest),
    filtered,
    found,
    chosen,
    look: createLook(),
    passing,
    lit: computed(() => allOf([passing.value, chosen.value])),
    selection: createSelection(),
    tags: createTags(),
    table: createTable(),
    sql: createSql(),
    sprites: signal({ visible: manifest.sprites !== null, ink: manifest.sprites?.ink != null, size: 1 }),
    hovered,
    pointer: signal({ x: 0, y: 0 }),
    selected,
    kin,
    search: createSearch(),
    marked: computed(() => {
      const others = kinOf(kin, selected.value)?.ranked.items ?? [];
      const single = [hovered.value, kin.pointed.value, selected.value].filter((item) => item !== null);
      return [...new Set([...others, ...single])];
    }),
    camera: signal<CameraPosition | null>(null),
    chosenTheme,
    systemTheme: system,
    theme: computed(() => chosenTheme.value ?? system.value),
    tab: signal<Tab>("colours"),
    keysShown: signal(false),
    picture: createPicture(),
    qualityShown: signal(true),
  };
  applyAddress(state, manifest, address);
  return state;
}

function mask(): Signal<Mask | null> {
  return signal<Mask | null>(null);
}

/** The isolated categories' items; none are isolated while another column's colours are on their way. */
function isolatedMask(coloring: Coloring | null, color: string | null, isolated: ReadonlySet<number>) {
  return coloring && columnOf(coloring) === color ? dimMask(coloring, isolated) : null;
}

/** Set the state to an address; names that this map doesn't have are left out. */
export function applyAddress(state: ViewState, manifest: Manifest, address: Address): void {
  const { projection, color } = address;
  const known = manifest.projections.some((entry) => entry.name === projection);
  state.projection.value = known ? projection! : manifest.view.projection;
  applyColorAddress(state.colors, address);
  const column = manifest.columns.find((entry) => entry.name === color) ?? (color && color in EXTRA_TITLES);
  applyTimeline(state.timeline, manifest, address);
  applyCompare(state.compare, manifest, address);
  state.minimap.value = address.minimap ?? true;
  state.color.value = column || color === null ? color! : manifest.view.color;
  state.isolated.value = codesOf(manifest, state.color.value, address.only ?? [], address.others ?? false);
  applyFilterAddress(state.filters, address);
  state.selected.value = address.item !== undefined && address.item < manifest.count ? address.item : null;
  state.kin.choice.value = readKin(address.kin, manifest);
  applySearchAddress(state.search, address, manifest);
  state.chosenTheme.value = address.theme ?? null;
  applyLook(state.look, address);
  applyTable(state.table, manifest, address.table);
  applySql(state.sql, address.sql);
  if (address.chosen !== chosenText(state, manifest)) {
    state.chosen.value = address.chosen === undefined ? null : selectionOf(manifest, address.chosen);
  }
  const ink = manifest.sprites?.ink != null && (address.ink ?? true);
  state.sprites.value = { ...state.sprites.peek(), ink, size: address.size ?? 1 };
}

/** The address of the state, without what is the map's own choice. */
export function addressOf(state: ViewState, manifest: Manifest): Address {
  const address: Address = {
    ...colorAddress(state.colors),
    ...filterAddress(state.filters),
    ...searchAddress(state.search),
  };
  if (state.projection.value !== manifest.view.projection) address.projection = state.projection.value;
  addTimeline(state.timeline, address);
  addCompare(state.compare, address);
  if (!state.minimap.value) address.minimap = false;
  if (state.color.value !== manifest.view.color) address.color = state.color.value;
  const names = isolatedNames(state, manifest);
  if (names.length > 0) address.only = names;
  if (state.isolated.value.has(OTHER_CATEGORIES)) address.others = true;
  const chosen = chosenText(state, manifest);
  if (chosen) address.chosen = chosen;
  const table = tableText(state.table);
  if (table !== undefined) address.table = table;
  const sql = sqlText(state.sql);
  if (sql !== undefined) address.sql = sql;
  if (state.selected.value !== null) address.item = state.selected.value;
  const kin = writeKin(state.kin.choice.value, manifest);
  if (kin !== undefined) address.kin = kin;
  if (state.chosenTheme.value) address.theme = state.chosenTheme.value;
  if (manifest.sprites?.ink && !state.sprites.value.ink) address.ink = false;
  if (manifest.sprites && state.sprites.value.size !== 1) address.size = state.sprites.value.size;
  Object.assign(address, lookAddress(state.look));
  if (state.camera.value) address.camera = state.camera.value;
  return address;
}

function chosenText({ chosen }: ViewState, manifest: Manifest): string | undefined {
  return (chosen.value && selectionText(manifest, chosen.value)) ?? undefined;
}

/** Names of the isolated categories in their column's order; null stands for items without a value, "other" is left out. */
export function isolatedNames(state: ViewState, manifest: Manifest): (string | null)[] {
  const { color, coloring } = state;
  const shown = coloring.value?.kind === "category" ? coloring.value.column : null; // the page's own columns have names, too
  const categories = shown?.name === color.value ? shown.categories : categoriesOf(manifest, color.value);
  const codes = [...state.isolated.value].sort((a, b) => a - b).filter((code) => code < categories.length);
  const named = codes.filter((code) => code !== OTHER_CATEGORIES);
  return named.map((code) => (code === NO_CATEGORY ? null : categories[code]!));
}

/** Set another layout beside the one shown, or be content with one. */
export function toggleBeside(manifest: Manifest, { compare, projection, timeline }: ViewState): void {
  const other = otherThan(manifest, projection.value, timeline.sequence.value);
  compare.beside.value = compare.beside.value === null ? other : null;
}

/** Show a sequence from its first frame on. */
export function showSequence({ timeline }: ViewState, name: string): void {
  if (timeline.sequence.value === name) return;
  batch(() => {
    timeline.at.value = timeline.frame.value = 0;
    timeline.sequence.value = name;
  });
}

/** Show a projection, in place of a sequence where one is shown. */
export function project(state: ViewState, name: string): void {
  batch(() => {
    state.timeline.sequence.value = null;
    state.projection.value = name;
  });
}

/** Colour by another column; what was isolated in the one before no longer means anything. */
export function colorBy(state: ViewState, color: string | null): void {
  if (color === state.color.value) return;
  state.isolated.value = new Set();
  state.color.value = color;
}

/** Isolate a category, or with `add` one more; isolating what alone is isolated brings all back. */
export function isolate(state: ViewState, code: number, add: boolean): void {
  const before = state.isolated.value;
  const alone = before.size === 1 && before.has(code);
  if (!add) {
    state.isolated.value = new Set(alone ? [] : [code]);
    return;
  }
  const after = new Set(before);
  if (!after.delete(code)) after.add(code);
  state.isolated.value = after;
}

/** Change to the other theme; where that is the system's own, follow the system again. */
export function toggleTheme(state: ViewState): void {
  const other = state.theme.value === "dark" ? "light" : "dark";
  state.chosenTheme.value = other === state.systemTheme.value ? null : other;
}

/** Undo one thing, what lies on top first: the sheet of keys, the tool, the pinned item, what is chosen, the search, the isolation. */
export function clear(state: ViewState): void {
  if (state.keysShown.value) state.keysShown.value = false;
  else if (state.picture.shown.value) state.picture.shown.value = false;
  else if (state.selection.tool.value !== "move") state.selection.tool.value = "move";
  else if (state.selected.value !== null) state.selected.value = null;
  else if (state.chosen.value !== null) state.chosen.value = null;
  else if (state.search.query.value !== null) state.search.query.value = null;
  else state.isolated.value = new Set();
}

function codesOf(
  manifest: Manifest,
  color: string | null,
  names: (string | null)[],
  others: boolean,
): Set<number> {
  const categories = categoriesOf(manifest, color);
  const codes = names.map((name) => (name === null ? NO_CATEGORY : categories.indexOf(name)));
  const known = codes.filter((code, k) => code >= 0 || names[k] === null);
  return new Set(others ? [...known, OTHER_CATEGORIES] : known);
}

function categoriesOf(manifest: Manifest, color: string | null): readonly string[] {
  const column = manifest.columns.find((entry) => entry.name === color);
  return column?.kind === "category" ? column.categories : [];
}
