/** What a round brush covers when it is drawn along one stretch: two half discs and what lies between them. */

export class Capsule {
  /** From where to where the height that was last asked for is covered. */
  left = 0;
  right = 0;
  private ax = 0;
  private ay = 0;
  private bx = 0;
  private by = 0;
  /** From the stretch to its right side, which runs parallel to it, `reach` away. */
  private offX = 0;
  private offY = 0;

  constructor(private readonly reach: number) {}

  /** Draw along the stretch from x, y = ends[at], ends[at + 1] to ends[at + 2], ends[at + 3]. */
  along(ends: Float64Array, at: number): void {
    this.ax = ends[at]!;
    this.ay = ends[at + 1]!;
    this.bx = ends[at + 2]!;
    this.by = ends[at + 3]!;
    const [dx, dy] = [this.bx - this.ax, this.by - this.ay];
    const length = Math.sqrt(dx * dx + dy * dy) || 1;
    this.offX = (dy / length) * this.reach;
    this.offY = (-dx / length) * this.reach;
  }

  get low(): number {
    return Math.min(this.ay, this.by) - this.reach;
  }

  get high(): number {
    return Math.max(this.ay, this.by) + this.reach;
  }

  /** Find what is covered at a height; returns whether anything is. */
  cut(y: number): boolean {
    const square = this.reach * this.reach;
    const fromA = square - (y - this.ay) ** 2;
    const fromB = square - (y - this.by) ** 2;
    const atA = fromA < 0 ? 0 : Math.sqrt(fromA);
    const atB = fromB < 0 ? 0 : Math.sqrt(fromB);
    this.left = Math.min(fromA < 0 ? Infinity : this.ax - atA, fromB < 0 ? Infinity : this.bx - atB);
    this.right = Math.max(fromA < 0 ? -Infinity : this.ax + atA, fromB < 0 ? -Infinity : this.bx + atB);
    if (this.ay !== this.by) {
      this.side(y, this.offX, this.offY);
      this.side(y, -this.offX, -this.offY);
    }
    return this.left <= this.right;
  }

  /** Take in where one of the two straight sides passes a height. */
  private side(y: number, offX: number, offY: number): void {
    const t = (y - this.ay - offY) / (this.by - this.ay);
    if (t < 0 || t > 1) return;
    const x = this.ax + offX + t * (this.bx - this.ax);
    if (x < this.left) this.left = x;
    if (x > this.right) this.right = x;
  }
}
