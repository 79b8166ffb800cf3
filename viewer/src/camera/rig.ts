/** Holds the camera: where it is, where it may go, and what is moving it. */

import { constrain, fit, type Limits, limitsOf, NO_INSETS } from "./bounds.ts";
import { type Box, type Camera, type Insets, type Point, pan, type Viewport, zoomAbout } from "./camera.ts";
import { flight } from "./flight.ts";
import { FlightMotion, FollowMotion, InertiaMotion, type Motion, PanMotion, ZoomMotion } from "./motion.ts";

/** What the camera needs to know of the map shown. */
export interface Terrain {
  /** The whole data's box. */
  readonly box: Box;
  /** The box that home shows. */
  readonly home: Box;
  /** Largest useful scale, CSS pixels per map unit. */
  readonly maxScale: number;
}

const UNIT_BOX: Box = { minX: -0.5, minY: -0.5, maxX: 0.5, maxY: 0.5 };

export class CameraRig {
  camera: Camera;
  view: Viewport = { width: 1, height: 1 };
  /** What covers the view's edges, CSS pixels. */
  insets: Insets = NO_INSETS;
  private terrain: Terrain = { box: UNIT_BOX, home: UNIT_BOX, maxScale: 1e6 };
  private motion: Motion | null = null;
  /** The flight that leads home, if one was set off on. */
  private homeward: Motion | null = null;
  /** The last home, and what it was fitted to. */
  private fitted: { home: Box; view: Viewport; insets: Insets; camera: Camera } | null = null;

  /** @param still whether every movement jumps to its end. */
  constructor(public still: boolean) {
    this.camera = this.homeCamera;
  }

  get moving(): boolean {
    return this.motion !== null;
  }

  get homeCamera(): Camera {
    const { home } = this.terrain;
    const { view, insets } = this;
    if (this.fitted?.home !== home || this.fitted.view !== view || this.fitted.insets !== insets)
      this.fitted = { home, view, insets, camera: fit(home, view, insets) };
    return this.fitted.camera;
  }

  get limits(): Limits {
    return limitsOf(this.terrain.box, this.homeCamera, this.view, this.terrain.maxScale);
  }

  /** Whether the camera rests at home, or is on its way there. */
  get atHome(): boolean {
    if (this.motion) return this.motion === this.homeward;
    const home = this.homeCamera;
    const near = (a: number, b: number) => Math.abs(a - b) * home.scale < 0.5;
    return (
      near(this.camera.x, home.x) && near(this.camera.y, home.y) && near(this.camera.scale / home.scale, 1)
    );
  }

  /** Take the canvas's new size, or what covers its edges; a camera at home goes to the new home in `milliseconds`. */
  resize(view: Viewport, insets: Insets = this.insets, milliseconds = 0): void {
    const home = this.atHome;
    this.view = view;
    this.insets = insets;
    if (home) this.goHome(milliseconds);
    else this.camera = constrain(this.camera, view, this.limits);
  }

  /** Take a new map; a camera at home goes to the new home in `milliseconds`, any other stays where it is. */
  setTerrain(terrain: Terrain, milliseconds: number): void {
    const home = this.atHome;
    this.terrain = terrain;
    if (home) this.goHome(milliseconds);
  }

  jump(camera: Camera): void {
    this.motion = null;
    this.camera = constrain(finite(camera, this.camera), this.view, this.limits);
  }

  home(animate: boolean): void {
    this.go(this.homeCamera, animate);
    this.homeward = this.motion;
  }

  /** Bring a box into view, as far as the limits allow. */
  showBox(box: Box): void {
    this.go(fit(box, this.view, this.insets), true);
  }

  /** Move to a camera nearby, without the detour that a flight takes. */
  slideTo(camera: Camera): void {
    const { x, y, scale } = this.camera;
    this.panBy((x - camera.x) * scale, (camera.y - y) * scale, true);
  }

  /** Fly to a map point at the given scale, or nearer where the camera is nearer already. */
  flyTo(point: Point, scale: number): void {
    this.go({ ...point, scale: Math.max(scale, this.camera.scale) }, true);
  }

  /** Ride along with a point that moves, see FollowMotion; a point at its end already is met at once. */
  follow(point: () => { at: Point; progress: number }, toScale: number, from: Point): void {
    const { minScale, maxScale } = this.limits;
    const scale = Math.min(Math.max(toScale, minScale), maxScale);
    const motion = new FollowMotion(this.camera, from, point, scale);
    if (point().progress < 1) this.motion = motion;
    else this.jump(motion.step() ?? this.camera);
  }

  /** Multiply the scale, eased, keeping what is under `at`; quick calls add up. */
  zoomBy(factor: number, at: Point, animate: boolean): void {
    const { minScale, maxScale } = this.limits;
    const running = this.motion instanceof ZoomMotion ? this.motion.target : this.camera.scale;
    const target = Math.min(Math.max(running * factor, minScale), maxScale);
    if (!Number.isFinite(target)) return;
    if (this.still || !animate) this.jump(zoomAbout(this.camera, this.view, target, at));
    else this.motion = new ZoomMotion(this.camera, this.view, target, at);
  }

  /** Move the content by CSS pixels; quick calls add up. */
  panBy(dx: number, dy: number, animate: boolean): void {
    if (this.still || !animate) this.jump(pan(this.camera, dx, dy));
    else if (this.motion instanceof PanMotion) this.motion.add(dx, dy);
    else this.motion = new PanMotion(dx, dy);
  }

  /** Let the map glide on: CSS pixels per millisecond. */
  throwBy(vx: number, vy: number): void {
    this.motion = this.still ? null : new InertiaMotion(vx, vy);
  }

  stop(): void {
    this.motion = null;
  }

  /** Move on by some milliseconds; returns whether the camera changed. */
  step(milliseconds: number): boolean {
    if (!this.motion) return false;
    const next = this.motion.step(this.camera, this.view, milliseconds);
    if (!next) {
      this.motion = null;
      return false;
    }
    const allowed = this.motion instanceof FlightMotion ? next : constrain(next, this.view, this.limits);
    const stuck = allowed !== next && same(allowed, this.camera);
    this.camera = allowed;
    if (stuck) this.motion = null;
    return true;
  }

  private goHome(milliseconds: number): void {
    const to = this.homeCamera;
    this.motion = null;
    if (this.still || milliseconds === 0 || same(to, this.camera)) this.camera = to;
    else this.motion = this.homeward = new FlightMotion(flight(this.camera, to, this.view), milliseconds);
  }

  private go(target: Camera, animate: boolean): void {
    const to = constrain(target, this.view, this.limits);
    if (this.still || !animate || same(to, this.camera)) this.jump(to);
    else this.motion = new FlightMotion(flight(this.camera, to, this.view));
  }
}

function same(a: Camera, b: Camera): boolean {
  return a.x === b.x && a.y === b.y && a.scale === b.scale;
}

function finite(camera: Camera, otherwise: Camera): Camera {
  const good =
    Number.isFinite(camera.x) &&
    Number.isFinite(camera.y) &&
    Number.isFinite(camera.scale) &&
    camera.scale > 0;
  return good ? camera : otherwise;
}
