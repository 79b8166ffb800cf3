uniform highp sampler2DArray u_originals;
uniform float u_layer;
uniform vec2 u_covers; // the image's sides in parts of the sprite's: its longer side fills it
uniform vec2 u_texels; // … and in parts of the layer's
uniform float u_size; // device pixels across the sprite
uniform float u_radius; // of the corners, device pixels
uniform float u_border; // device pixels
uniform float u_shown; // 0 … 1

in vec2 v_at;
in vec3 v_tint;
flat in float v_lit;
out vec4 color;

void main() {
  vec2 at = (v_at - 0.5) / u_covers + 0.5; // 0 … 1 across the image
  vec2 q = abs((v_at - 0.5) * u_size) - 0.5 * u_covers * u_size + u_radius;
  float away = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - u_radius;
  float inside = clamp(0.5 - away, 0.0, 1.0);
  vec4 texel = texture(u_originals, vec3(clamp(at, 0.002, 0.998) * u_texels, u_layer));
  vec3 frame = v_tint;
  if (v_lit < 0.5) {
    texel.rgb = dimmed(texel.rgb / max(texel.a, 1e-3)) * texel.a;
    frame = dimmed(frame);
  }
  float band = clamp(away + u_border + 0.5, 0.0, 1.0) * texel.a * step(0.01, u_border);
  color = mix(texel, vec4(frame, 1.0), 0.85 * band) * inside * u_shown;
}
