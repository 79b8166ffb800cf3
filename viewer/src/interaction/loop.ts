/** Animation frames on demand: nothing runs while nothing changes. */

/** Longest step, milliseconds: after a pause motions go on where they were instead of leaping. */
const LONGEST = 64;

export class FrameLoop {
  private request = 0;
  private last: number | null = null;

  /**
   * @param draw draws a frame; returns whether another is needed right after it.
   * @param ready whether a frame can be drawn: until it can, the loop asks again at each chance, and no time passes.
   */
  constructor(
    private readonly draw: (milliseconds: number, now: number) => boolean,
    private readonly ready: () => boolean = () => true,
  ) {}

  /** Whether a frame is due. */
  get pending(): boolean {
    return this.request !== 0;
  }

  /** Ask for a frame. */
  wake(): void {
    if (this.request === 0) this.request = requestAnimationFrame((now) => this.tick(now));
  }

  stop(): void {
    cancelAnimationFrame(this.request);
    this.request = 0;
  }

  private tick(now: number): void {
    this.request = 0;
    if (!this.ready()) {
      this.wake();
      return;
    }
    const elapsed = this.last === null ? 0 : Math.min(now - this.last, LONGEST);
    const more = this.draw(elapsed, now);
    this.last = more ? now : null;
    if (more) this.wake();
  }
}
