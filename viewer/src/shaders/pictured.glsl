// How far an item is drawn as its picture rather than as a dot.
uniform highp sampler2D u_farTable; // one texel a page of the coarser level: layer, readiness
uniform highp sampler2D u_nearTable; // … of the finer level
uniform uvec2 u_cells; // items a page: coarser, finer; 0 for a level that is not there
uniform float u_share; // 0: all dots … 1: all sprites, by their size on screen
uniform vec3 u_limit; // as in layers/limit.ts: full, until, fraction

vec4 entry(highp sampler2D table, uint page) {
  return texelFetch(table, ivec2(int(page % 256u), int(page / 256u)), 0);
}

// Readiness of an item's cell in either level.
vec2 ready(uint item) {
  float far = u_cells.x > 0u ? entry(u_farTable, item / u_cells.x).g : 0.0;
  float near = u_cells.y > 0u ? entry(u_nearTable, item / u_cells.y).g : 0.0;
  return vec2(far, near);
}

const float EDGE = 0.1; // the same number as in layers/limit.ts

// How far an item may be a sprite for the room there is.
float allowed(uint item) {
  if (float(item) < u_limit.x) return 1.0;
  if (float(item) >= u_limit.y) return 0.0;
  return clamp((u_limit.z * (1.0 + EDGE) - delay(item)) / EDGE, 0.0, 1.0);
}

float pictured(uint item, vec2 cells) {
  return u_share * max(cells.x, cells.y) * allowed(item);
}
