// Where an item stands on screen: its two layouts, mixed. Included by every pass that draws items.
in vec2 a_posA; // cell on the 65,536 grid over the layout's extent
in vec2 a_fineA; // cell within that cell, on a 256 grid
in vec2 a_posB;
in vec2 a_fineB;
in vec4 a_color; // sRGB
in float a_lit; // 1 for lit, 0 for dim
in uint a_item; // display index

uniform vec2 u_wholeA; // the camera in steps of layout A: whole steps …
uniform vec2 u_restA; // … and the rest of one
uniform vec2 u_unitA; // device pixels per step
uniform vec2 u_wholeB;
uniform vec2 u_restB;
uniform vec2 u_unitB;
uniform float u_glide; // 0: all at A … 1: all at B
uniform float u_even; // 1 where all items go alike, 0 where each sets off in its turn
uniform vec2 u_viewport; // device pixels
uniform float u_only; // −1 draws every item, 0 the dim ones, 1 the lit ones

const float STAGGER = 0.35; // the same number as in layers/glide.ts

// How late an item sets off, 0 … 1: the same integer hash as in layers/glide.ts.
float delay(uint item) {
  uint h = item * 0x9E3779B9u;
  h ^= h >> 15;
  h *= 0x85EBCA6Bu;
  h ^= h >> 13;
  return float(h >> 8) / 16777216.0;
}

// Progress of one item along its way.
float progress(uint item) {
  if (u_even > 0.5) return u_glide;
  float t = clamp(u_glide * (1.0 + STAGGER) - delay(item) * STAGGER, 0.0, 1.0);
  return t < 0.5 ? 4.0 * t * t * t : 1.0 - 4.0 * (1.0 - t) * (1.0 - t) * (1.0 - t);
}

// Device pixels from the middle of the view, y up. Steps are whole numbers below 2^24, so their difference is exact.
vec2 placed(vec2 cell, vec2 fine, vec2 whole, vec2 rest, vec2 unit) {
  return ((cell * 256.0 + fine - whole) - rest) * unit;
}

vec2 place() {
  vec2 b = placed(a_posB, a_fineB, u_wholeB, u_restB, u_unitB);
  if (u_glide >= 1.0) return b;
  vec2 a = placed(a_posA, a_fineA, u_wholeA, u_restA, u_unitA);
  return mix(a, b, progress(a_item));
}

bool skipped() {
  return u_only >= 0.0 && a_lit != u_only;
}

const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0); // outside the clip volume
