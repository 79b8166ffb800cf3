// Reading an item's cell from the pages.
uniform highp sampler2DArray u_farPages;
uniform highp sampler2DArray u_nearPages;
uniform vec2 u_farSize; // texels a page
uniform vec2 u_nearSize;
uniform vec2 u_cellSize; // texels a cell: far, near

// Half a texel inside the cell, so that its neighbours never show.
vec3 texelAt(vec3 cell, vec2 at, float size, vec2 page) {
  vec2 within = clamp(at * size, 0.5, size - 0.5);
  return vec3((cell.xy * size + within) / page, cell.z);
}

vec4 farTexel(vec3 cell, vec2 at) {
  return texture(u_farPages, texelAt(cell, at, u_cellSize.x, u_farSize));
}

vec4 nearTexel(vec3 cell, vec2 at) {
  return texture(u_nearPages, texelAt(cell, at, u_cellSize.y, u_nearSize));
}
