/**
 * In umap-explorer's manner: one cloud of point sprites for each atlas page, every page loaded whole before the map is
 * complete, a frame drawn at each animation frame. Without pages (the million) the clouds are plain dots.
 */

import {
  BufferAttribute,
  BufferGeometry,
  OrthographicCamera,
  Points,
  Raycaster,
  Scene,
  ShaderMaterial,
  TextureLoader,
  Vector2,
  WebGLRenderer,
} from "three";
import { COLORS, canvasOf, type Data, type Pages, readData, readPages } from "./page.ts";

const VERTEX = `
  attribute vec3 tint; attribute vec2 cell; uniform float size; varying vec3 v_tint; varying vec2 v_cell;
  void main() { v_tint = tint; v_cell = cell; gl_PointSize = size;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position.xy, 0.0, 1.0); }`;
const SPRITE = `
  uniform sampler2D page; uniform float step; varying vec3 v_tint; varying vec2 v_cell;
  void main() { float ink = texture2D(page, v_cell + vec2(gl_PointCoord.x, 1.0 - gl_PointCoord.y) * step).r;
    if (ink < 0.2) discard; gl_FragColor = vec4(v_tint * ink, 1.0); }`;
const DOT = `
  varying vec3 v_tint;
  void main() { if (length(gl_PointCoord - 0.5) > 0.5) discard; gl_FragColor = vec4(v_tint, 1.0); }`;

const [data, pages] = await Promise.all([readData(), readPages()]);
const renderer = new WebGLRenderer({ canvas: canvasOf() });
renderer.setSize(innerWidth, innerHeight);
const scene = new Scene();
const aspect = innerWidth / innerHeight;
const camera = new OrthographicCamera(-1.05 * aspect, 1.05 * aspect, 1.05, -1.05, -1, 1);
let arrived = 0;
const wanted = pages ? pages.urls.length : 1;
if (pages) for (const [page, url] of pages.urls.entries()) scene.add(pageCloud(data, pages, url, page));
else
  scene.add(
    cloud(
      data,
      0,
      data.count,
      null,
      new ShaderMaterial({ vertexShader: VERTEX, fragmentShader: DOT, uniforms: { size: { value: 2 } } }),
    ),
  );
if (!pages) arrived = 1;

function pageCloud(data: Data, pages: Pages, url: string, page: number): Points {
  const perPage = (pages.side / pages.cell) ** 2;
  const texture = new TextureLoader().load(url, () => {
    arrived++;
  });
  const uniforms = {
    page: { value: texture },
    step: { value: pages.cell / pages.side },
    size: { value: 10 },
  };
  const material = new ShaderMaterial({ vertexShader: VERTEX, fragmentShader: SPRITE, uniforms });
  return cloud(data, page * perPage, Math.min(data.count, (page + 1) * perPage), pages, material);
}

function cloud(
  data: Data,
  first: number,
  end: number,
  pages: Pages | null,
  material: ShaderMaterial,
): Points {
  const count = end - first;
  const position = new Float32Array(count * 3);
  const tint = new Float32Array(count * 3);
  const cell = new Float32Array(count * 2);
  const columns = pages ? pages.side / pages.cell : 1;
  for (let k = 0; k < count; k++) {
    position.set(data.xy.subarray(2 * (first + k), 2 * (first + k) + 2), 3 * k);
    const color = COLORS[data.classes[first + k]! % COLORS.length]!;
    for (let c = 0; c < 3; c++) tint[3 * k + c] = color[c]! / 255;
    cell[2 * k] = (k % columns) / columns;
    cell[2 * k + 1] = 1 - (Math.floor(k / columns) + 1) / columns;
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(position, 3));
  geometry.setAttribute("tint", new BufferAttribute(tint, 3));
  geometry.setAttribute("cell", new BufferAttribute(cell, 2));
  return new Points(geometry, material);
}

let held: { x: number; y: number } | null = null;
addEventListener("pointerdown", (event) => {
  held = { x: event.clientX, y: event.clientY };
});
addEventListener("pointerup", () => {
  held = null;
});
addEventListener("pointermove", (event) => {
  if (!held) return;
  camera.position.x -= ((event.clientX - held.x) / innerHeight) * 2.1;
  camera.position.y += ((event.clientY - held.y) / innerHeight) * 2.1;
  held = { x: event.clientX, y: event.clientY };
});

/** It knows no filter and no lasso; what lies under a pointer it finds by a ray through all points. */
const ray = new Raycaster();
ray.params.Points.threshold = (4 * 2.1) / innerHeight;
window.bench.acts = {
  pick:
    ({ x, y }) =>
    () => {
      ray.setFromCamera(new Vector2((2 * x) / innerWidth - 1, 1 - (2 * y) / innerHeight), camera);
      return ray.intersectObjects(scene.children)[0];
    },
};

renderer.setAnimationLoop(() => {
  renderer.render(scene, camera);
  window.bench.painted ||= arrived > 0;
  window.bench.complete ||= arrived === wanted;
});
