out vec2 v_at; // −1 … 1 across the view

void main() {
  v_at = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0;
  gl_Position = vec4(v_at, 0.0, 1.0);
}
