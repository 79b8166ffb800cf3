/** Wheel and trackpad: how far one event zooms. */

/** Pixels a line and a page of scrolling stand for; browsers differ, this is the middle of what they use. */
const LINE = 24;
const PAGE = 400;
/** One notch of a common mouse is 100 pixels: it zooms by about a fifth. */
const PER_PIXEL = 0.0019;
/** A trackpad's pinch arrives as small wheel deltas with Ctrl held. */
const PER_PINCH_PIXEL = 0.011;
const MOST = 500;

export type WheelLike = Pick<WheelEvent, "deltaY" | "deltaMode" | "ctrlKey">;

/** Compute the factor that the scale is multiplied by. */
export function wheelFactor({ deltaY, deltaMode, ctrlKey }: WheelLike): number {
  const unit = deltaMode === 1 ? LINE : deltaMode === 2 ? PAGE : 1;
  const pixels = Math.min(Math.max(deltaY * unit, -MOST), MOST);
  const notch = Math.abs(pixels) >= 50; // a wheel with Ctrl held is still a wheel
  return Math.exp(-pixels * (ctrlKey && !notch ? PER_PINCH_PIXEL : PER_PIXEL));
}
