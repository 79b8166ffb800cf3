/**
 * The camera over map space, as pure functions.
 *
 * Map space is the layout scaled uniformly and centred so that the larger side of its extent is 1; y points up.
 * Screen space is CSS pixels from the canvas's top left corner; y points down.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** x, y: the map point at the middle of the view; scale: CSS pixels per map unit. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Size of the canvas in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** CSS pixels at each edge that panels cover: home fits the data into what remains. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** An axis-aligned box in map space. */
export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Project a map point to the screen. */
export function toScreen(camera: Camera, view: Viewport, point: Point): Point {
  return {
    x: view.width / 2 + (point.x - camera.x) * camera.scale,
    y: view.height / 2 - (point.y - camera.y) * camera.scale,
  };
}

/** Find the map point under a screen point: the inverse of toScreen. */
export function toMap(camera: Camera, view: Viewport, point: Point): Point {
  return {
    x: camera.x + (point.x - view.width / 2) / camera.scale,
    y: camera.y - (point.y - view.height / 2) / camera.scale,
  };
}

/** Change the scale so that the map point under `at` stays there. */
export function zoomAbout(camera: Camera, view: Viewport, scale: number, at: Point): Camera {
  return pinned(toMap(camera, view, at), view, scale, at);
}

/** Build the camera of the given scale that shows map point `anchor` at screen point `at`. */
export function pinned(anchor: Point, view: Viewport, scale: number, at: Point): Camera {
  return {
    x: anchor.x - (at.x - view.width / 2) / scale,
    y: anchor.y + (at.y - view.height / 2) / scale,
    scale,
  };
}

/** Move the content by screen pixels: the map follows the hand. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { x: camera.x - dx / camera.scale, y: camera.y + dy / camera.scale, scale: camera.scale };
}

/** The part of the map that is on screen. */
export function visibleBox(camera: Camera, view: Viewport): Box {
  const halfWidth = view.width / 2 / camera.scale;
  const halfHeight = view.height / 2 / camera.scale;
  return {
    minX: camera.x - halfWidth,
    minY: camera.y - halfHeight,
    maxX: camera.x + halfWidth,
    maxY: camera.y + halfHeight,
  };
}
