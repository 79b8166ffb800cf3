uniform highp sampler2D u_sum; // colours weighted by their optical depths, and the sum of these
uniform float u_grounded; // 1 draws the ground, too, 0 lays the dots over what is there

in vec2 v_at;
out vec4 color;

// Premultiplied.
vec4 dots() {
  vec4 sum = texelFetch(u_sum, ivec2(gl_FragCoord.xy), 0);
  if (sum.a <= 0.0) return vec4(0.0);
  vec3 mean = sum.rgb / sum.a;
  // Where many lie on one another, dots glow on the dark ground and deepen on the light one: density stays in sight.
  float deep = 1.0 - exp(-0.14 * max(sum.a - 2.0, 0.0));
  vec3 shown = mix(mean * (1.0 - 0.22 * deep), mix(mean, vec3(1.0), 0.22 * deep), u_dark);
  float alpha = 1.0 - exp(-sum.a);
  return vec4(shown * alpha, alpha);
}

void main() {
  vec4 over = dots();
  if (u_grounded > 0.5) color = vec4(groundAt(v_at) * (1.0 - over.a) + over.rgb, 1.0);
  else if (over.a <= 0.0) discard;
  else color = over;
}
