uniform float u_reach; // device pixels from an item's middle to the quad's edge

out vec2 v_at; // device pixels from the item's middle
out vec3 v_tint;

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) - 0.5;
  v_at = corner * 2.0 * u_reach;
  v_tint = a_color.rgb;
  gl_Position = skipped() ? NOWHERE : vec4((place() + v_at) / (0.5 * u_viewport), 0.0, 1.0);
}
