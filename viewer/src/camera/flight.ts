/** Smooth zooming and panning between two cameras (van Wijk & Nuij 2003, "Smooth and efficient zooming and panning"). */

import type { Camera, Viewport } from "./camera.ts";

export interface Flight {
  /** Milliseconds the flight takes at its natural speed. */
  readonly duration: number;
  /** The camera at t in 0 … 1; exactly the two ends at 0 and 1. */
  at(t: number): Camera;
}

/** How far the path zooms out to travel: ρ of the paper, √2 being its recommended value. */
const RHO = Math.SQRT2;
/** Path lengths per second. */
const SPEED = 1.4;
const SHORTEST = 250;
const LONGEST = 2200;

/** Plan the flight from one camera to another over a view of the given size. */
export function flight(from: Camera, to: Camera, view: Viewport): Flight {
  const extent = Math.max(view.width, view.height);
  const w0 = extent / from.scale; // width of the view in map units at either end
  const w1 = extent / to.scale;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const distance = Math.hypot(dx, dy);
  const path = distance < 1e-6 * Math.min(w0, w1) ? straightZoom(w0, w1) : arc(w0, w1, distance);
  const duration = Math.min(Math.max((path.length / SPEED) * 1000, SHORTEST), LONGEST);
  return {
    duration,
    at(t) {
      if (t <= 0) return from;
      if (t >= 1) return to;
      const { travelled, width } = path.at(t * path.length);
      const share = distance === 0 ? 0 : travelled / distance;
      return { x: from.x + dx * share, y: from.y + dy * share, scale: extent / width };
    },
  };
}

interface Path {
  readonly length: number;
  at(s: number): { travelled: number; width: number };
}

/** The path without any travel: the width changes exponentially. */
function straightZoom(w0: number, w1: number): Path {
  const length = Math.abs(Math.log(w1 / w0)) / RHO;
  const sign = w1 < w0 ? -1 : 1;
  return { length, at: (s) => ({ travelled: 0, width: w0 * Math.exp(sign * RHO * s) }) };
}

/** The optimal path over a distance: eq. 9 of the paper. */
function arc(w0: number, w1: number, distance: number): Path {
  const rho2 = RHO * RHO;
  const span = rho2 * rho2 * distance * distance;
  const b0 = (w1 * w1 - w0 * w0 + span) / (2 * w0 * rho2 * distance);
  const b1 = (w1 * w1 - w0 * w0 - span) / (2 * w1 * rho2 * distance);
  const r0 = -Math.asinh(b0); // ln(√(b²+1) − b), without its cancellation
  const r1 = -Math.asinh(b1);
  return {
    length: (r1 - r0) / RHO,
    at(s) {
      const r = RHO * s + r0;
      return {
        travelled: (w0 / rho2) * (Math.cosh(r0) * Math.tanh(r) - Math.sinh(r0)),
        width: (w0 * Math.cosh(r0)) / Math.cosh(r),
      };
    },
  };
}
