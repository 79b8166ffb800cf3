/** Where moving items have been lately: the wake that they draw. */

/** Places of the same items at one moment: x, y in map units, one pair an item. */
export interface Moment {
  /** Milliseconds. */
  readonly time: number;
  readonly places: Float32Array;
}

/** How long a wake lasts, milliseconds, and how far its moments are apart at least. */
export const LASTS_MS = 1600;
const APART_MS = 14;

export class Wake {
  /** The oldest first. */
  readonly moments: Moment[] = [];

  /** Remember where the items are now, if they have moved. */
  add(time: number, places: Float32Array): void {
    const last = this.moments.at(-1);
    if (last && last.places.length !== places.length) this.forget();
    else if (last && (time - last.time < APART_MS || same(last.places, places))) return;
    this.moments.push({ time, places });
  }

  /** Let go of what is too long ago; a single moment is no wake. Returns whether something is left to draw. */
  age(now: number): boolean {
    while (this.moments.length > 0 && now - (this.moments[0] as Moment).time > LASTS_MS) this.moments.shift();
    return this.moments.length > 1;
  }

  forget(): void {
    this.moments.length = 0;
  }
}

function same(a: Float32Array, b: Float32Array): boolean {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/** How strongly a stretch of a wake still shows, 0 … 1. */
export function strength(now: number, time: number): number {
  const age = Math.min(Math.max((now - time) / LASTS_MS, 0), 1);
  return (1 - age) ** 1.6;
}
