in vec2 v_at;
out vec4 color;

void main() {
  color = vec4(groundAt(v_at), 1.0);
}
