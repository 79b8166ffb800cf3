/** What moves the camera between frames: an eased zoom about a point, inertia after a drag, or a flight. */

import { type Camera, type Point, pan, pinned, toMap, type Viewport } from "./camera.ts";
import type { Flight } from "./flight.ts";

/** One motion of the camera; null from `step` says that it has come to rest. */
export interface Motion {
  step(camera: Camera, view: Viewport, milliseconds: number): Camera | null;
}

/** Time constant of an eased zoom or step, milliseconds: short enough to feel attached to the wheel. */
const ZOOM_TAU = 70;
/** Time constant of inertia after a drag, milliseconds. */
const GLIDE_TAU = 220;
/** Speed below which inertia ends, CSS pixels per millisecond. */
const STILL = 0.012;

/** Ease the scale towards its target while the map point under `at` stays there. */
export class ZoomMotion implements Motion {
  private readonly anchor: Point;

  constructor(
    camera: Camera,
    view: Viewport,
    readonly target: number,
    readonly at: Point,
  ) {
    this.anchor = toMap(camera, view, at);
  }

  step(camera: Camera, view: Viewport, milliseconds: number): Camera | null {
    const rest = Math.log(this.target / camera.scale);
    if (Math.abs(rest) < 1e-6) return null;
    const kept = Math.abs(rest) < 1e-3 ? 0 : Math.exp(-milliseconds / ZOOM_TAU);
    const scale = kept === 0 ? this.target : this.target * Math.exp(-rest * kept);
    return pinned(this.anchor, view, scale, this.at);
  }
}

/** Ease the map along by a distance. */
export class PanMotion implements Motion {
  /** @param dx, dy CSS pixels still to go. */
  constructor(
    private dx: number,
    private dy: number,
  ) {}

  /** Add to the distance, as the next key press does. */
  add(dx: number, dy: number): void {
    this.dx += dx;
    this.dy += dy;
  }

  step(camera: Camera, _view: Viewport, milliseconds: number): Camera | null {
    const rest = Math.hypot(this.dx, this.dy);
    if (rest === 0) return null;
    const share = rest < 0.25 ? 1 : 1 - Math.exp(-milliseconds / ZOOM_TAU);
    const moved = pan(camera, this.dx * share, this.dy * share);
    this.dx *= 1 - share;
    this.dy *= 1 - share;
    return moved;
  }
}

/** Let the map glide on after the hand has let go. */
export class InertiaMotion implements Motion {
  /** @param vx, vy CSS pixels per millisecond. */
  constructor(
    private vx: number,
    private vy: number,
  ) {}

  step(camera: Camera, _view: Viewport, milliseconds: number): Camera | null {
    if (Math.hypot(this.vx, this.vy) < STILL) return null;
    const kept = Math.exp(-milliseconds / GLIDE_TAU);
    const reach = GLIDE_TAU * (1 - kept); // ∫ of the decaying speed over this step
    const moved = pan(camera, this.vx * reach, this.vy * reach);
    this.vx *= kept;
    this.vy *= kept;
    return moved;
  }
}

/** Follow a planned flight. */
export class FlightMotion implements Motion {
  private elapsed = 0;

  constructor(
    private readonly flight: Flight,
    private readonly duration = flight.duration,
  ) {}

  step(_camera: Camera, _view: Viewport, milliseconds: number): Camera | null {
    if (this.elapsed >= this.duration) return null;
    this.elapsed = Math.min(this.elapsed + milliseconds, this.duration);
    const t = this.elapsed / this.duration;
    return this.flight.at(t >= 1 ? 1 : t * t * (3 - 2 * t));
  }
}

/** Ride along with a moving point: it stays where it is on screen while the scale goes to its target. */
export class FollowMotion implements Motion {
  private readonly fromScale: number;
  private readonly aside: Point;
  private arrived = false;

  /**
   * @param from where the point is at the start of its way.
   * @param point where it is now, and how far along its way, 0 … 1.
   * @param toScale the scale at the end of the way.
   */
  constructor(
    camera: Camera,
    from: Point,
    private readonly point: () => { at: Point; progress: number },
    private readonly toScale: number,
  ) {
    this.fromScale = camera.scale;
    this.aside = { x: (camera.x - from.x) * camera.scale, y: (camera.y - from.y) * camera.scale };
  }

  step(): Camera | null {
    if (this.arrived) return null;
    const { at, progress } = this.point();
    this.arrived = progress >= 1;
    const scale = this.arrived ? this.toScale : this.fromScale * (this.toScale / this.fromScale) ** progress;
    return { x: at.x + this.aside.x / scale, y: at.y + this.aside.y / scale, scale };
  }
}
