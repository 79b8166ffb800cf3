uniform sampler2D u_field; // mean colour around, and √(density / high)
uniform float u_side; // texels
uniform vec2 u_middle; // the view's middle in the field, 0 … 1
uniform vec2 u_span; // the view's sides, likewise
uniform float u_what; // 0: glow, 1: lines of equal density
uniform float u_shown; // 0 … 1
uniform float u_pixel; // device pixels per CSS pixel

in vec2 v_at;
out vec4 color;

const float LINES = 10.0; // at densities of (k / LINES)² …
const float LOWEST = 2.0; // … from this k on

// Cubic B-spline from four linear samples (Sigg & Hadwiger 2005): no facets, however near.
vec4 fieldAt(vec2 at) {
  vec2 grid = at * u_side - 0.5;
  vec2 f = fract(grid);
  vec2 w0 = (1.0 - f) * (1.0 - f) * (1.0 - f) / 6.0;
  vec2 w1 = (4.0 - 6.0 * f * f + 3.0 * f * f * f) / 6.0;
  vec2 w3 = f * f * f / 6.0;
  vec2 low = w0 + w1;
  vec2 high = 1.0 - low;
  vec2 a = (floor(grid) - 0.5 + w1 / low) / u_side;
  vec2 b = (floor(grid) + 1.5 + w3 / high) / u_side;
  vec4 lower = texture(u_field, a) * low.x + texture(u_field, vec2(b.x, a.y)) * high.x;
  vec4 upper = texture(u_field, vec2(a.x, b.y)) * low.x + texture(u_field, b) * high.x;
  return lower * low.y + upper * high.y;
}

void main() {
  vec2 at = u_middle + 0.5 * v_at * u_span;
  vec4 field = fieldAt(at);
  float level = field.a * LINES;
  float slope = max(fwidth(level), 1e-5);
  vec2 beyond = step(vec2(0.0), at) * step(at, vec2(1.0));
  float inside = beyond.x * beyond.y;
  if (u_what < 0.5) {
    float alpha = u_shown * inside * mix(0.42, 0.5, u_dark) * (1.0 - exp(-1.9 * field.a * field.a - 0.5 * field.a));
    color = vec4(field.rgb * alpha, alpha);
    return;
  }
  float nearest = max(floor(level + 0.5), LOWEST);
  float away = abs(level - nearest) / slope; // device pixels
  float width = (mod(nearest, 3.0) < 0.5 ? 1.5 : 1.0) * u_pixel; // every third line is an index line
  float line = clamp(0.5 * width - away + 0.5, 0.0, 1.0);
  float crowded = clamp(1.4 - 3.5 * slope / u_pixel, 0.0, 1.0); // lines closer than a few pixels are no lines
  vec3 ink = mix(vec3(0.13, 0.12, 0.09), vec3(0.96, 0.93, 0.85), u_dark);
  float alpha = u_shown * inside * line * crowded * (width > 1.2 * u_pixel ? 0.72 : 0.45);
  color = vec4(ink * alpha, alpha);
}
