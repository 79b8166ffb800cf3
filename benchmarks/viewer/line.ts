/** A line of so many bits a second that all of a page's requests share, its workers' too, and what has gone over it. */

import type { ServerResponse } from "node:http";

export type Kind = "script" | "data";

/** Bytes over the line. */
export type Moved = Record<Kind, number>;

export interface LineSpeed {
  readonly mbit: number;
  readonly latency_ms: number;
}

interface Sending {
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly kind: Kind;
  at: number;
}

/** A packet: whoever sends takes turns. */
const PACKET = 1400;
const TICK_MS = 2;
/** After a pause the line does not make up for what it could have sent. */
const MOST_OWED_MS = 20;

export class Line {
  readonly moved: Moved = { script: 0, data: 0 };
  private readonly sending: Sending[] = [];
  private timer: NodeJS.Timeout | null = null;
  private last = 0;
  private allowance = 0;

  constructor(private readonly speed: LineSpeed) {}

  /** Start a new count: another page is opened. */
  reset(): void {
    this.moved.script = this.moved.data = 0;
  }

  /** Send a body whose head has been written, after the line's latency and in turn with others. */
  send(response: ServerResponse, body: Buffer, kind: Kind): void {
    setTimeout(() => {
      this.sending.push({ response, body, kind, at: 0 });
      if (this.timer) return;
      this.last = performance.now();
      this.timer = setInterval(() => this.tick(), TICK_MS);
    }, this.speed.latency_ms);
  }

  private tick(): void {
    const now = performance.now();
    const elapsed = Math.min(now - this.last, MOST_OWED_MS);
    this.last = now;
    this.allowance += (elapsed * this.speed.mbit * 1e6) / 8 / 1000;
    while (this.allowance > 0 && this.sending.length > 0) this.sendPacket(this.sending.shift()!);
    if (this.sending.length > 0 || !this.timer) return;
    clearInterval(this.timer);
    this.timer = null;
    this.allowance = 0;
  }

  private sendPacket(one: Sending): void {
    const packet = one.body.subarray(one.at, one.at + PACKET);
    one.at += packet.length;
    this.allowance -= packet.length;
    this.moved[one.kind] += packet.length;
    if (one.response.destroyed) return;
    one.response.write(packet);
    if (one.at >= one.body.length) one.response.end();
    else this.sending.push(one);
  }
}
