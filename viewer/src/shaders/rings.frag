uniform float u_half; // device pixels: half the side of what the ring surrounds
uniform float u_radius; // of its corners
uniform float u_width;

in vec2 v_at;
in vec3 v_tint;
out vec4 color;

void main() {
  vec2 q = abs(v_at) - u_half + u_radius;
  float away = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - u_radius;
  float line = clamp(0.5 * u_width - abs(away) + 0.5, 0.0, 1.0);
  float halo = (1.0 - smoothstep(0.0, u_width * 3.0, abs(away))) * 0.45;
  vec3 bright = mix(vec3(0.05), vec3(1.0), u_dark);
  vec3 ring = mix(inkOf(v_tint), bright, 0.55);
  float alpha = max(line, halo);
  color = vec4(mix(u_ground, ring, line / max(alpha, 1e-4)) * alpha, alpha);
}
