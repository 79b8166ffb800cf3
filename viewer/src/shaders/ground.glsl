// The map's ground: a breath of light in the middle and a graticule.
uniform vec2 u_viewport; // device pixels
uniform vec2 u_origin; // device pixels from the view's middle to a graticule crossing
uniform float u_step; // device pixels between the graticule's finer lines
uniform float u_fade; // 0 … 1: how far the finer lines have come in
uniform float u_line; // width of a line, device pixels

// Coverage of the nearest line of a square grid.
float grid(vec2 at, float step_) {
  vec2 away = abs(at - step_ * floor(at / step_ + 0.5));
  return clamp(0.5 * u_line - min(away.x, away.y) + 0.5, 0.0, 1.0);
}

// at: −1 … 1 across the view.
vec3 groundAt(vec2 at) {
  vec2 pixels = at * 0.5 * u_viewport - u_origin;
  float lines = max(grid(pixels, u_step) * u_fade, grid(pixels, u_step * 4.0));
  float far = dot(at, at) * 0.5;
  vec3 lifted = u_ground + mix(vec3(-0.012, -0.012, -0.010), vec3(0.016, 0.019, 0.028), u_dark) * (1.0 - far);
  vec3 line = mix(vec3(-0.05), vec3(0.055, 0.062, 0.08), u_dark);
  // Half a step of noise, so that the gradient has no bands.
  float noise = fract(sin(dot(gl_FragCoord.xy, vec2(12.9898, 78.233))) * 43758.5453) - 0.5;
  return lifted + line * lines * (1.0 - 0.6 * far) * 0.6 + noise / 255.0;
}
