uniform float u_adding; // 1 where optical depth adds up in a target of its own, 0 where dots cover what lies below

in vec4 v_color;
flat in float v_diameter;
out vec4 color;

void main() {
  float away = length(gl_PointCoord - 0.5) * (v_diameter + 1.0);
  float cover = clamp(0.5 * v_diameter - away + 0.5, 0.0, 1.0) * min(v_diameter * v_diameter, 1.0);
  float alpha = v_color.a * cover;
  float depth = u_adding > 0.5 ? -log(1.0 - alpha) : alpha;
  color = vec4(v_color.rgb * depth, depth);
}
