import { type Signal, signal } from "@preact/signals";
import type { Extra } from "../data/extras.ts";
import { type Dress, PALETTES, PLAIN_DRESS, RAMPS } from "../data/palette.ts";
import { SCALE_KINDS, type ScaleKind } from "../data/scale.ts";

/** How what is coloured by becomes colours. */
export interface ColorState {
  readonly dress: Signal<Dress>;
  /** How numbers run over the ramp; null as fits them. */
  readonly scale: Signal<ScaleKind | null>;
  /** Columns beside the map's own, made on the page: a search's similarity, the tags. */
  readonly extras: Signal<readonly Extra[]>;
}

export function createColors(): ColorState {
  return {
    dress: signal(PLAIN_DRESS),
    scale: signal<ScaleKind | null>(null),
    extras: signal<readonly Extra[]>([]),
  };
}

/** Offer an extra column to colour by, in place of the one of that name, or take it away. */
export function setExtra({ extras }: ColorState, name: string, extra: Extra | null): void {
  const others = extras.value.filter((one) => one.name !== name);
  if (!extra && others.length === extras.value.length) return;
  extras.value = extra ? [...others, extra] : others;
}

/** The colours as they stand in an address; what is left out is as the map has it. */
export interface ColorAddress {
  palette?: string;
  ramp?: string;
  reversed?: boolean;
  scale?: string;
}

export function colorAddress({ dress, scale }: ColorState): ColorAddress {
  const { palette, ramp, reversed } = dress.value;
  const address: ColorAddress = {};
  if (palette !== PLAIN_DRESS.palette) address.palette = palette;
  if (ramp !== PLAIN_DRESS.ramp) address.ramp = ramp;
  if (reversed) address.reversed = true;
  if (scale.value) address.scale = scale.value;
  return address;
}

export function applyColorAddress(
  colors: ColorState,
  { palette, ramp, reversed, scale }: ColorAddress,
): void {
  colors.dress.value = {
    palette: known(PALETTES, palette) ?? PLAIN_DRESS.palette,
    ramp: known(RAMPS, ramp) ?? PLAIN_DRESS.ramp,
    reversed: reversed ?? false,
  };
  colors.scale.value = SCALE_KINDS.find((kind) => kind === scale) ?? null;
}

export function writeColors({ palette, ramp, reversed, scale }: ColorAddress, fields: URLSearchParams): void {
  if (palette !== undefined) fields.set("palette", palette);
  if (ramp !== undefined) fields.set("ramp", ramp);
  if (reversed) fields.set("reversed", "1");
  if (scale !== undefined) fields.set("scale", scale);
}

export function readColors(fields: URLSearchParams): ColorAddress {
  const address: ColorAddress = {};
  for (const key of ["palette", "ramp", "scale"] as const) {
    const value = fields.get(key);
    if (value) address[key] = value;
  }
  if (fields.get("reversed") === "1") address.reversed = true;
  return address;
}

function known<Name extends string>(
  names: Record<Name, unknown>,
  name: string | undefined,
): Name | undefined {
  return name !== undefined && Object.hasOwn(names, name) ? (name as Name) : undefined;
}
