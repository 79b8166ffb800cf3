/** Tells when the camera has come to rest. */

/** It rests when it has not moved for this long. */
const REST_MS = 120;

export class Rest {
  /** Runs while the camera has only just moved; 0 once it rests. */
  private timer = 0;

  constructor(private readonly begun: () => void) {}

  /** Whether the camera has not moved for a while. */
  get resting(): boolean {
    return this.timer === 0;
  }

  /** The camera has moved: rest begins a while after. */
  moved(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.begun();
    }, REST_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
