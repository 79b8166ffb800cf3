import { OWN_COLORS } from "./data/own.ts";
import { type ColorAddress, readColors, writeColors } from "./state/colors.ts";
import { type FilterAddress, readMatch } from "./state/filters.ts";
import { DENSITIES, type Density } from "./state/look.ts";
import { readSearch, type SearchAddress, writeSearch } from "./state/search.ts";
import type { Theme } from "./theme.ts";

export interface CameraPosition {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** What of a view travels in a link. A missing field means the map's own choice. */
export interface Address extends ColorAddress, FilterAddress, SearchAddress {
  projection?: string;
  /** A column's name; null for the items' own colours. */
  color?: string | null;
  theme?: Theme;
  /** Names of isolated categories; null stands for items without a value. */
  only?: (string | null)[];
  /** Whether the categories without a colour of their own are isolated. */
  others?: boolean;
  /** The pinned item. */
  item?: number;
  /** The others that the pinned item is shown with, `map.5`; see state/kin.ts. */
  kin?: string;
  /** The selection, as state/selection.ts writes it. */
  chosen?: string;
  /** A selection in JSON that is to be opened; the address then says what it chose, as above. */
  select?: string;
  /** The table, as state/table.ts writes it; missing while it is shut. */
  table?: string;
  /** The question in SQL, empty where none was asked yet; missing while the panel is shut. */
  sql?: string;
  camera?: CameraPosition;
  /** The sequence shown in place of the projection, and the frame of it, counted from 0. */
  sequence?: string;
  frame?: number;
  /** Frames a second at which it plays, and whether it turns round at either end. */
  speed?: number;
  loop?: boolean;
  /** The layout of a second map, and whether it moves by itself. */
  beside?: string;
  apart?: boolean;
  /** False where the overview is hidden. */
  minimap?: boolean;
  /** Factor on the images' size, where the reader has changed it. */
  size?: number;
  /** False where the images are drawn as whole tiles though they could be ink. */
  ink?: boolean;
  /** False where no names stand on the map. */
  labels?: boolean;
  density?: Density;
  /** True where items stand in a grid. */
  grid?: boolean;
  trails?: boolean;
}

const WITHOUT_VALUE = "~none";

/** Write an address as a URL fragment, `#projection=umap&color=label&only=3&at=0.1,-0.2,640`. */
export function writeAddress(address: Address): string {
  const fields = new URLSearchParams();
  if (address.projection !== undefined) fields.set("projection", address.projection);
  if (address.sequence !== undefined) fields.set("sequence", address.sequence);
  if (address.frame !== undefined) fields.set("frame", String(address.frame));
  if (address.speed !== undefined) fields.set("speed", String(address.speed));
  if (address.loop) fields.set("loop", "1");
  if (address.color !== undefined) fields.set("color", address.color ?? OWN_COLORS);
  for (const name of address.only ?? []) fields.append("only", name ?? WITHOUT_VALUE);
  if (address.others) fields.set("others", "1");
  writeColors(address, fields);
  for (const filter of address.where ?? []) fields.append("where", filter);
  if (address.match !== undefined) fields.set("match", address.match);
  if (address.chosen !== undefined) fields.set("chosen", address.chosen);
  writeSearch(address, fields);
  if (address.table !== undefined) fields.set("table", address.table);
  if (address.sql !== undefined) fields.set("sql", address.sql);
  if (address.item !== undefined) fields.set("item", String(address.item));
  if (address.kin !== undefined) fields.set("kin", address.kin);
  if (address.theme !== undefined) fields.set("theme", address.theme);
  if (address.ink !== undefined) fields.set("images", address.ink ? "ink" : "tiles");
  if (address.size !== undefined) fields.set("size", String(Number(address.size.toFixed(3))));
  if (address.labels === false) fields.set("labels", "off");
  if (address.density !== undefined) fields.set("density", address.density);
  if (address.grid) fields.set("grid", "on");
  if (address.trails) fields.set("trails", "on");
  if (address.beside !== undefined) fields.set("beside", address.beside);
  if (address.apart) fields.set("apart", "1");
  if (address.minimap === false) fields.set("minimap", "0");
  const { camera } = address;
  if (camera) {
    const at = [camera.x.toFixed(7), camera.y.toFixed(7), camera.scale.toPrecision(7)];
    fields.set("at", at.map(Number).join(","));
  }
  const text = fields
    .toString()
    .replaceAll("%2C", ",")
    .replaceAll("%7E", "~")
    .replaceAll("%40", "@")
    .replaceAll("%7C", "|")
    .replaceAll("%21", "!");
  return text === "" ? "" : `#${text}`;
}

/** Read a URL fragment; what is malformed is left out, for old links must still open. */
export function readAddress(hash: string): Address {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const address: Address = { ...readColors(fields), ...readSearch(fields) };
  const projection = fields.get("projection");
  if (projection) address.projection = projection;
  const sequence = fields.get("sequence");
  if (sequence) address.sequence = sequence;
  const frame = fields.get("frame");
  if (frame !== null && /^\d+$/.test(frame)) address.frame = Number(frame);
  const speed = Number(fields.get("speed") ?? Number.NaN);
  if (speed > 0) address.speed = speed;
  if (fields.get("loop") === "1") address.loop = true;
  const color = fields.get("color");
  if (color) address.color = color === OWN_COLORS ? null : color;
  const only = fields.getAll("only").map((name) => (name === WITHOUT_VALUE ? null : name));
  if (only.length > 0) address.only = only;
  if (fields.get("others") === "1") address.others = true;
  const where = fields.getAll("where");
  if (where.length > 0) address.where = where;
  const match = readMatch(fields.get("match"));
  if (match) address.match = match;
  const chosen = fields.get("chosen");
  if (chosen) address.chosen = chosen;
  const select = fields.get("select");
  if (select) address.select = select;
  const table = fields.get("table");
  if (table) address.table = table;
  const sql = fields.get("sql");
  if (sql !== null) address.sql = sql;
  const item = fields.get("item");
  if (item !== null && /^\d+$/.test(item)) address.item = Number(item);
  const kin = fields.get("kin");
  if (kin) address.kin = kin;
  const theme = fields.get("theme");
  if (theme === "dark" || theme === "light") address.theme = theme;
  const images = fields.get("images");
  if (images === "ink" || images === "tiles") address.ink = images === "ink";
  const size = Number(fields.get("size") ?? Number.NaN);
  if (size >= 0.5 && size <= 2) address.size = size;
  if (fields.get("labels") === "off") address.labels = false;
  const density = DENSITIES.find((one) => one === fields.get("density"));
  if (density) address.density = density;
  if (fields.get("grid") === "on") address.grid = true;
  if (fields.get("trails") === "on") address.trails = true;
  const beside = fields.get("beside");
  if (beside) address.beside = beside;
  if (fields.get("apart") === "1") address.apart = true;
  if (fields.get("minimap") === "0") address.minimap = false;
  const camera = readCamera(fields.get("at"));
  if (camera) address.camera = camera;
  return address;
}

function readCamera(text: string | null): CameraPosition | null {
  const numbers = text?.split(",").map(Number) ?? [];
  const [x, y, scale] = numbers;
  if (numbers.length !== 3 || !numbers.every(Number.isFinite) || !(scale! > 0)) return null;
  return { x: x!, y: y!, scale: scale! };
}
