/** Reading drawn pixels back. */

/** Read the default framebuffer's pixels, top row first. Call it in the same task as the drawing. */
export function readPixels(gl: WebGL2RenderingContext, width: number, height: number): ImageData {
  const rows = new Uint8Array(width * height * 4);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, rows);
  const image = new ImageData(width, height);
  const stride = width * 4;
  for (let y = 0; y < height; y++) {
    image.data.set(rows.subarray((height - 1 - y) * stride, (height - y) * stride), y * stride);
  }
  return image;
}
