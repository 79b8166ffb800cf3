/** What one frame shows, and the uniforms that its passes share. */

import type { Camera, Viewport } from "../camera/camera.ts";
import { anchorOf, type Frame, unitOf } from "../camera/frame.ts";
import type { Uniforms } from "../gl/program.ts";
import { GROUND, type Theme } from "../theme.ts";
import { HALF_STEP } from "./layout.ts";
import type { SpriteLimit } from "./limit.ts";
import type { SpriteSheet } from "./sheet.ts";

export type { Uniforms } from "../gl/program.ts";

/** Groups of uniforms that all passes over items take in the same order. */
export type Shared = readonly Uniforms[];

/** Everything a frame is drawn from, beside the buffers. */
export interface Scene {
  /** Another one, at the same scale, where the last frame is drawn once more. */
  camera: Camera;
  readonly view: Viewport;
  /** What is drawn into, device pixels. */
  readonly buffer: Viewport;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  readonly theme: Theme;
  readonly from: Frame;
  readonly to: Frame;
  /** 0: all items where the first layout has them … 1: where the second does. */
  readonly glide: number;
  /** Whether all items go alike, not staggered: between two frames of a sequence. */
  readonly even: boolean;
  /** CSS pixels. */
  readonly spriteSize: number;
  readonly dotDiameter: number;
  /** Opacity of a lit dot. */
  readonly dotAlpha: number;
  /** 0: dots … 1: sprites. */
  readonly share: number;
  /** How far the finer sprite level takes over. */
  readonly nearShare: number;
  /** Which items may be sprites. */
  readonly limit: SpriteLimit;
  readonly ink: boolean;
  /** Whether density shows as a glow below the items, and as lines above them. */
  readonly glow: boolean;
  readonly lines: boolean;
}

/** Whose turn it is: all items, the dim ones below, the lit ones above. */
export const ONLY = { all: -1, dim: 0, lit: 1 } as const;

/**
 * Device pixels by which the GL viewport reaches beyond the canvas at each side: points are dropped as soon as their middle
 * leaves it, and must be out of sight by then.
 */
export const MARGIN = 40;

/** Compute how far the GL viewport reaches: the uniform of shaders/ground.vert. */
export function beyondUniforms({ width, height }: Viewport): Uniforms {
  return { u_beyond: [1 + (2 * MARGIN) / width, 1 + (2 * MARGIN) / height] };
}

/** Compute how large a layout's steps are, and how far items have come: uniforms of shaders/place.glsl that stay while the camera pans. */
export function reachUniforms({ camera, view, pixelRatio, from, to, glide, even }: Scene): Uniforms {
  const [a, b] = [unitOf(from, camera, pixelRatio), unitOf(to, camera, pixelRatio)];
  return {
    u_glide: glide,
    u_even: even ? 1 : 0,
    u_viewport: [view.width * pixelRatio + 2 * MARGIN, view.height * pixelRatio + 2 * MARGIN],
    u_unitA: [a.x, a.y],
    u_unitB: [b.x, b.y],
  };
}

/** Compute where the camera stands: the uniforms of shaders/place.glsl that go along with it. */
export function placeUniforms({ camera, from, to, glide }: Scene): Uniforms {
  const b = anchorOf(to, camera);
  const u_wholeB = [b.whole.x, b.whole.y];
  const u_restB = [b.rest.x - HALF_STEP, b.rest.y - HALF_STEP];
  if (glide >= 1) return { u_wholeB, u_restB }; // no item is at the first layout any more
  const a = anchorOf(from, camera);
  const u_restA = [a.rest.x - HALF_STEP, a.rest.y - HALF_STEP];
  return { u_wholeA: [a.whole.x, a.whole.y], u_restA, u_wholeB, u_restB };
}

const TONES: Readonly<Record<Theme, Uniforms>> = { light: toneOf("light"), dark: toneOf("dark") };

/** Colours of the theme: uniforms of shaders/tone.glsl. */
export function toneUniforms(theme: Theme): Uniforms {
  return TONES[theme];
}

function toneOf(theme: Theme): Uniforms {
  return { u_ground: GROUND[theme].map((c) => c / 255), u_dark: theme === "dark" ? 1 : 0 };
}

/** Units the sprite textures are bound to. */
const UNIT = { farTable: 0, nearTable: 1, farPages: 2, nearPages: 3 } as const;

const UNITS: Uniforms = {
  u_farTable: UNIT.farTable,
  u_nearTable: UNIT.nearTable,
  u_farPages: UNIT.farPages,
  u_nearPages: UNIT.nearPages,
};
/** Where all items are dots, no shader looks at a page. */
const DOTS_ONLY: Uniforms = { ...UNITS, u_share: 0 };

/** Describe both levels, and bind their textures where any item is drawn of them: uniforms of shaders/pictured.glsl and cells.glsl. */
export function sheetUniforms(scene: Scene, far: SpriteSheet | null, near: SpriteSheet | null): Uniforms {
  if (!far || scene.share <= 0) return DOTS_ONLY;
  far.table.bind(UNIT.farTable);
  near?.table.bind(UNIT.nearTable);
  far.texture.bind(UNIT.farPages);
  near?.texture.bind(UNIT.nearPages);
  const { full, until, fraction } = scene.limit;
  const sizeOf = (sheet: SpriteSheet | null) =>
    sheet ? [sheet.texture.width, sheet.texture.height] : [1, 1];
  const columnsOf = (sheet: SpriteSheet | null) => (sheet ? sheet.level.page / sheet.level.cell : 1);
  return {
    ...UNITS,
    u_cells: [far.cells, near?.cells ?? 0],
    u_share: scene.share,
    u_limit: [full, until, fraction],
    u_nearShare: near ? scene.nearShare : 0,
    u_columns: [columnsOf(far), columnsOf(near)],
    u_farSize: sizeOf(far),
    u_nearSize: sizeOf(near),
    u_cellSize: [far.level.cell, near?.level.cell ?? 1],
  };
}
