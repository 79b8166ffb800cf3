uniform vec2 u_beyond; // how far the viewport reaches beyond the view, in parts of it

out vec2 v_at; // −1 … 1 across the view

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0;
  v_at = corner * u_beyond;
  gl_Position = vec4(corner, 0.0, 1.0);
}
