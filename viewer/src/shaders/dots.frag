uniform float u_glow; // share of a dot's light that adds to what lies below instead of covering it

in vec4 v_color;
flat in float v_diameter;
out vec4 color;

void main() {
  float away = length(gl_PointCoord - 0.5) * (v_diameter + 1.0);
  float cover = clamp(0.5 * v_diameter - away + 0.5, 0.0, 1.0) * min(v_diameter * v_diameter, 1.0);
  float alpha = v_color.a * cover;
  color = vec4(v_color.rgb * alpha, alpha * (1.0 - u_glow));
}
