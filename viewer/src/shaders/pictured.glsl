// How far an item is drawn as its picture rather than as a dot.
uniform highp sampler2D u_farTable; // one texel a page of the coarser level: layer, readiness
uniform highp sampler2D u_nearTable; // … of the finer level
uniform uvec2 u_cells; // items a page: coarser, finer; 0 for a level that is not there
uniform float u_share; // 0: all dots … 1: all sprites, by their size on screen
uniform vec2 u_limit; // items up to limit.x are sprites, from limit.y on dots, for the fill there is

vec4 entry(highp sampler2D table, uint page) {
  return texelFetch(table, ivec2(int(page % 256u), int(page / 256u)), 0);
}

// Readiness of an item's cell in either level.
vec2 ready(uint item) {
  float far = u_cells.x > 0u ? entry(u_farTable, item / u_cells.x).g : 0.0;
  float near = u_cells.y > 0u ? entry(u_nearTable, item / u_cells.y).g : 0.0;
  return vec2(far, near);
}

float pictured(uint item, vec2 cells) {
  return u_share * max(cells.x, cells.y) * (1.0 - smoothstep(u_limit.x, u_limit.y, float(item)));
}
