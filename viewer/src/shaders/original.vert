uniform float u_size; // device pixels across the sprite

out vec2 v_at; // 0 … 1 across the sprite, from its top left corner
out vec3 v_tint;
flat out float v_lit;

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  v_at = vec2(corner.x, 1.0 - corner.y);
  v_tint = a_color.rgb;
  v_lit = a_lit;
  gl_Position = vec4((place() + (corner - 0.5) * u_size) / (0.5 * u_viewport), 0.0, 1.0);
}
