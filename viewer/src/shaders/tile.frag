uniform float u_pixels; // device pixels across the sprite
uniform float u_border; // device pixels
uniform float u_radius; // of the corners, device pixels
uniform float u_grey; // 1 where pages hold luminance alone
uniform float u_opaque; // 0 where pages carry transparency, premultiplied
uniform float u_asPoint; // 1 where sprites are drawn as points, 0 as quads

in vec2 v_cell;
in vec4 v_tint;
flat in vec3 v_far;
flat in vec3 v_near;
flat in float v_mix;
flat in float v_lit;
out vec4 color;

// Signed distance to a rounded square's edge, device pixels, negative inside.
float edge(vec2 at, float half_, float radius) {
  vec2 q = abs(at) - half_ + radius;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
}

void main() {
  vec2 at = u_asPoint > 0.5 ? gl_PointCoord : v_cell;
  vec4 texel = vec4(0.0);
  if (v_mix < 1.0) texel = farTexel(v_far, at);
  if (v_mix > 0.0) texel = mix(texel, nearTexel(v_near, at), v_mix);
  if (u_grey > 0.5) texel = vec4(texel.rrr, 1.0);
  texel.a = max(texel.a, u_opaque);
  float away = edge((at - 0.5) * u_pixels, 0.5 * u_pixels, u_radius);
  float inside = clamp(0.5 - away, 0.0, 1.0);
  vec4 shown = texel * inside;
  vec3 frame = v_tint.rgb;
  if (v_lit < 0.5) {
    shown.rgb = dimmed(shown.rgb / max(shown.a, 1e-3)) * shown.a;
    frame = dimmed(frame);
  }
  float band = inside * clamp(away + u_border + 0.5, 0.0, 1.0) * step(0.01, u_border);
  shown = mix(shown, vec4(frame * inside, inside), band * mix(0.5, 0.85, u_opaque));
  color = shown * v_tint.a;
}
