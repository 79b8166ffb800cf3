/** Animation frames on demand: nothing runs while nothing changes. */

/** Longest step, milliseconds: after a pause motions go on where they were instead of leaping. */
const LONGEST = 64;
/** A frame that can't be drawn yet is tried again after this long; to ask at each frame would cost the page as many. */
const RETRY_MS = 12;

export class FrameLoop {
  private request = 0;
  private retry = 0;
  private last: number | null = null;
  /** Whether it has just been waited until a frame can be drawn. */
  private waited = false;
  /** Whether more has changed since the last frame than where the camera is. */
  private changed = false;

  /**
   * @param draw draws a frame; returns whether another is needed right after it. Where nothing has changed since the last but
   * the camera, it hears so.
   * @param ready whether a frame can be drawn: until it can, the loop asks again and again, and no time passes.
   */
  constructor(
    private readonly draw: (milliseconds: number, now: number, changed: boolean) => boolean,
    private readonly ready: () => boolean = () => true,
  ) {}

  /** Whether a frame is due. */
  get pending(): boolean {
    return this.request !== 0 || this.retry !== 0;
  }

  /** Something has changed: ask for a frame. */
  wake(): void {
    this.changed = true;
    this.ask();
  }

  /** Ask for a frame that shows nothing new, unless from another place. */
  ask(): void {
    if (!this.pending) this.request = requestAnimationFrame((now) => this.tick(now));
  }

  stop(): void {
    cancelAnimationFrame(this.request);
    clearTimeout(this.retry);
    this.request = this.retry = 0;
  }

  private tick(now: number): void {
    this.request = 0;
    if (!this.waited && !this.ready()) {
      this.wait();
      return;
    }
    this.waited = false;
    const elapsed = this.last === null ? 0 : Math.min(now - this.last, LONGEST);
    const { changed } = this;
    this.changed = false;
    const more = this.draw(elapsed, now, changed);
    this.last = more ? now : null;
    if (more) this.ask();
  }

  /** Ask for a frame once it can be drawn. */
  private wait(): void {
    this.retry = window.setTimeout(() => {
      this.retry = 0;
      this.waited = this.ready();
      if (this.waited) this.ask();
      else this.wait();
    }, RETRY_MS);
  }
}
