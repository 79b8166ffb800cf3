uniform highp sampler2D u_sum; // colours weighted by their optical depths, and the sum of these

in vec2 v_at;
out vec4 color;

void main() {
  vec4 sum = texelFetch(u_sum, ivec2(gl_FragCoord.xy), 0);
  if (sum.a <= 0.0) discard;
  vec3 mean = sum.rgb / sum.a;
  // Where many lie on one another, dots glow on the dark ground and deepen on the light one: density stays in sight.
  float deep = 1.0 - exp(-0.14 * max(sum.a - 2.0, 0.0));
  vec3 shown = mix(mean * (1.0 - 0.22 * deep), mix(mean, vec3(1.0), 0.22 * deep), u_dark);
  float alpha = 1.0 - exp(-sum.a);
  color = vec4(shown * alpha, alpha);
}
