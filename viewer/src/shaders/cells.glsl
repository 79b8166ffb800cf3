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

// Cubic B-spline of the finer level from four linear samples (Sigg & Hadwiger 2005): smooth outlines when magnified.
vec4 smoothTexel(vec3 cell, vec2 at) {
  vec2 grid = at * u_cellSize.y - 0.5;
  vec2 f = fract(grid);
  vec2 w0 = (1.0 - f) * (1.0 - f) * (1.0 - f) / 6.0;
  vec2 w1 = (4.0 - 6.0 * f * f + 3.0 * f * f * f) / 6.0;
  vec2 w3 = f * f * f / 6.0;
  vec2 low = w0 + w1;
  vec2 high = 1.0 - low;
  vec2 a = (floor(grid) - 0.5 + w1 / low) / u_cellSize.y;
  vec2 b = (floor(grid) + 1.5 + w3 / high) / u_cellSize.y;
  vec4 upper = nearTexel(cell, a) * low.x + nearTexel(cell, vec2(b.x, a.y)) * high.x;
  vec4 lower = nearTexel(cell, vec2(a.x, b.y)) * low.x + nearTexel(cell, b) * high.x;
  return upper * low.y + lower * high.y;
}
