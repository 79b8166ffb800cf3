/** The stretches of a drawn line by the part of the map they matter to, as chains in flat arrays. */

import type { Point } from "../camera/camera.ts";

const NONE = -1;

export class EdgeChains {
  /** Stretch k goes from x, y = ends[4k], ends[4k + 1] to ends[4k + 2], ends[4k + 3]. */
  readonly ends: Float64Array;
  /** A place's first link; a link is a stretch and the link after it. */
  private readonly heads: Int32Array;
  private readonly edges: number[] = [];
  private readonly nexts: number[] = [];

  /** @param closed whether a last stretch leads back to the first point. */
  constructor(path: readonly Point[], places: number, closed: boolean) {
    const stretches = closed ? path.length : Math.max(path.length - 1, 1);
    this.ends = new Float64Array(4 * stretches);
    for (let k = 0; k < stretches; k++) {
      const [from, to] = [path[k]!, path[(k + 1) % path.length]!];
      this.ends.set([from.x, from.y, to.x, to.y], 4 * k);
    }
    this.heads = new Int32Array(places).fill(NONE);
  }

  get count(): number {
    return this.ends.length / 4;
  }

  add(place: number, edge: number): void {
    this.edges.push(edge);
    this.nexts.push(this.heads[place]!);
    this.heads[place] = this.edges.length - 1;
  }

  /** Whether a round brush on one of a place's stretches covers a point. @param square its radius, squared: roots are slow. */
  near(place: number, x: number, y: number, square: number): boolean {
    for (let link = this.heads[place]!; link !== NONE; link = this.nexts[link]!) {
      if (this.squareTo(this.edges[link]!, x, y) <= square) return true;
    }
    return false;
  }

  /** How often a place's stretches wind around a point, counted along the ray to its right. */
  turns(place: number, x: number, y: number): number {
    const { ends, edges, nexts } = this;
    let turns = 0;
    for (let link = this.heads[place]!; link !== NONE; link = nexts[link]!) {
      const at = 4 * edges[link]!;
      const [fromY, toY] = [ends[at + 1]!, ends[at + 3]!];
      if (fromY <= y === toY <= y) continue;
      const fromX = ends[at]!;
      const side = (ends[at + 2]! - fromX) * (y - fromY) - (x - fromX) * (toY - fromY);
      if (fromY <= y && side > 0) turns++;
      else if (toY <= y && side < 0) turns--;
    }
    return turns;
  }

  /** The squared distance of a point to a stretch. */
  private squareTo(edge: number, x: number, y: number): number {
    const at = 4 * edge;
    const [fromX, fromY] = [this.ends[at]!, this.ends[at + 1]!];
    const [dx, dy] = [this.ends[at + 2]! - fromX, this.ends[at + 3]! - fromY];
    const along = ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.min(Math.max(along, 0), 1);
    return (x - fromX - t * dx) ** 2 + (y - fromY - t * dy) ** 2;
  }
}
