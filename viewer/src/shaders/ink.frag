uniform float u_lightInk; // 1: luminance is coverage; 0: darkness is
uniform float u_sharp; // device pixels a texel of the level in use covers

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

// Magnified strokes keep an edge as narrow as a pixel or so, without changing where it lies.
float crisp(float cover) {
  float width = clamp(0.5 / max(u_sharp * 0.45, 1.0), 0.17, 0.5);
  return mix(cover, smoothstep(0.5 - width, 0.5 + width, cover), clamp(u_sharp - 1.0, 0.0, 1.0));
}

void main() {
  float soft = v_far.z >= 0.0 ? coverage(farTexel(v_far, v_cell)) : 0.0;
  float cover = soft;
  if (v_mix > 0.0) cover = mix(cover, coverage(nearTexel(v_near, v_cell)), v_mix);
  cover = crisp(cover);
  // A breath of ground around each stroke parts it from the strokes below.
  float halo = smoothstep(0.02, 0.5, soft) * 0.55;
  vec3 ink = v_lit > 0.5 ? inkOf(v_tint.rgb) : dimmed(v_tint.rgb);
  float alpha = max(cover, halo * v_lit) * v_tint.a;
  color = vec4(mix(u_ground, ink, cover / max(max(cover, halo * v_lit), 1e-4)) * alpha, alpha);
}
