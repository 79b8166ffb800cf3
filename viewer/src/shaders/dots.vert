uniform float u_diameter; // device pixels
uniform float u_alpha; // opacity of a lit dot, by how many overlap

out vec4 v_color; // sRGB and opacity
flat out float v_diameter;

void main() {
  // What the item's sprite has not taken over.
  float left = u_share > 0.0 ? 1.0 - pictured(a_item, ready(a_item)) : 1.0;
  if (skipped() || left <= 0.004) {
    gl_Position = NOWHERE;
    gl_PointSize = 1.0;
    return;
  }
  bool lit = a_lit > 0.5;
  gl_Position = vec4(place() / (0.5 * u_viewport), 0.0, 1.0);
  v_diameter = u_diameter * (1.0 - 0.5 * u_share); // among sprites, what is left of dots steps back
  gl_PointSize = v_diameter + 1.0;
  v_color = vec4(lit ? inkOf(a_color.rgb) : dimmed(a_color.rgb), (lit ? u_alpha : 0.7 * u_alpha) * left * (1.0 - 0.35 * u_share));
}
