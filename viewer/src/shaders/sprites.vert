uniform float u_size; // device pixels
uniform float u_asPoint; // 1 where sprites are drawn as points, 0 as quads
uniform float u_nearShare; // how far the finer level takes over, by size on screen
uniform vec2 u_columns; // cells a row of a page: far, near

out vec2 v_cell; // of a quad: 0 … 1 across the sprite, from its top left corner
out vec4 v_tint; // the item's colour and the sprite's opacity
flat out vec3 v_far; // column, row and layer of the cell; −1 where its page is not there yet
flat out vec3 v_near;
flat out float v_mix; // share of the finer level
flat out float v_lit;

vec3 cellOf(uint item, uint cells, float columns, highp sampler2D table) {
  float within = float(item % cells);
  float row = floor((within + 0.5) / columns);
  return vec3(within - row * columns, row, floor(entry(table, item / cells).r * 255.0 + 0.5));
}

void main() {
  vec2 cells = ready(a_item);
  float opacity = pictured(a_item, cells);
  if (skipped() || opacity <= 0.004) {
    gl_Position = NOWHERE;
    gl_PointSize = 1.0;
    return;
  }
  gl_PointSize = u_size;
  vec2 corner = u_asPoint > 0.5 ? vec2(0.5) : vec2(gl_VertexID & 1, gl_VertexID >> 1);
  v_cell = vec2(corner.x, 1.0 - corner.y);
  gl_Position = vec4((place() + (corner - 0.5) * u_size) / (0.5 * u_viewport), 0.0, 1.0);
  v_lit = a_lit;
  v_tint = vec4(a_color.rgb, opacity);
  v_mix = cells.x > 0.0 ? u_nearShare * cells.y : 1.0;
  v_far = cells.x > 0.0 ? cellOf(a_item, u_cells.x, u_columns.x, u_farTable) : vec3(-1.0);
  v_near = cells.y > 0.0 ? cellOf(a_item, u_cells.y, u_columns.y, u_nearTable) : vec3(0.0);
}
