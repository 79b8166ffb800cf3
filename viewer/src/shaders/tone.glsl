// An item's colour on the map's ground.
uniform vec3 u_ground; // sRGB of the theme's ground
uniform float u_dark; // 1 on the dark theme, 0 on the light one

// Ink is a little brighter than paint on the dark ground, so that thin strokes keep their hue.
vec3 inkOf(vec3 rgb) {
  return mix(rgb, vec3(1.0), 0.04 * u_dark);
}

// A dimmed item: nearly grey, nearly ground, still there.
vec3 dimmed(vec3 rgb) {
  vec3 grey = vec3(dot(rgb, vec3(0.2126, 0.7152, 0.0722)));
  return mix(u_ground, mix(grey, rgb, 0.3), 0.38);
}
