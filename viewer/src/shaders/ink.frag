uniform float u_lightInk; // 1: luminance is coverage; 0: darkness is
uniform float u_sharp; // device pixels a texel of the level in use covers
uniform float u_asPoint; // 1 where sprites are drawn as points, 0 as quads

in vec2 v_cell;
in vec4 v_tint;
flat in vec3 v_far;
flat in vec3 v_near;
flat in float v_mix;
flat in float v_lit;
out vec4 color;

float coverage(vec4 texel) {
  return mix(1.0 - texel.r, texel.r, u_lightInk);
}

// Magnified strokes keep an edge of a pixel or two; the threshold lies low, so that faint strokes stay whole.
float crisp(float cover) {
  float width = clamp(0.8 / max(u_sharp, 1.0), 0.14, 0.42);
  return mix(cover, smoothstep(0.42 - width, 0.42 + width, cover), clamp(u_sharp - 1.0, 0.0, 1.0));
}

float nearCoverage(vec2 at) {
  float smoothly = clamp(2.0 * u_sharp - 2.0, 0.0, 1.0);
  float sharp = smoothly < 1.0 ? coverage(nearTexel(v_near, at)) : 0.0;
  return smoothly > 0.0 ? mix(sharp, coverage(smoothTexel(v_near, at)), smoothly) : sharp;
}

void main() {
  vec2 at = u_asPoint > 0.5 ? gl_PointCoord : v_cell;
  float soft = v_far.z >= 0.0 ? coverage(farTexel(v_far, at)) : 0.0;
  if (v_far.z >= 0.0 && soft < 0.012) { // empty around here in the coarser level, so in the finer one too
    color = vec4(0.0);
    return;
  }
  float cover = soft;
  if (v_mix > 0.0) cover = mix(cover, nearCoverage(at), v_mix);
  cover = crisp(cover);
  vec3 ink = v_lit > 0.5 ? inkOf(v_tint.rgb) : dimmed(v_tint.rgb);
  // The middle of a stroke shines a little on dark; a breath of ground around it parts it from the strokes below.
  vec3 core = mix(ink, vec3(1.0), 0.16 * u_dark * v_lit * smoothstep(0.5, 1.0, soft));
  vec3 around = mix(u_ground, ink, 0.1 * u_dark);
  float halo = smoothstep(0.02, 0.5, soft) * 0.6 * v_lit;
  float shown = max(cover, halo);
  float alpha = shown * v_tint.a;
  color = vec4(mix(around, core, cover / max(shown, 1e-4)) * alpha, alpha);
}
