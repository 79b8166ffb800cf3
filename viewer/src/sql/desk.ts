/** Questions one after another: a new one gives up the one before. */

import { batch, type Signal, signal } from "@preact/signals";
import type { SqlAnswer } from "./server.ts";

export type Ask = (query: string, signal: AbortSignal) => Promise<SqlAnswer>;

export class SqlDesk {
  /** The newest answer, which stays until there is another; null before the first. */
  readonly answer: Signal<SqlAnswer | null> = signal(null);
  readonly problem = signal("");
  readonly busy = signal(false);
  private giveUp = new AbortController();

  constructor(private readonly ask: Ask) {}

  async run(query: string): Promise<void> {
    this.giveUp.abort();
    this.giveUp = new AbortController();
    const { signal: stop } = this.giveUp;
    batch(() => {
      this.busy.value = true;
      this.problem.value = "";
    });
    try {
      const answer = await this.ask(query, stop);
      if (!stop.aborted) this.answer.value = answer;
    } catch (error) {
      if (!stop.aborted) this.problem.value = (error as Error).message;
    } finally {
      if (!stop.aborted) this.busy.value = false;
    }
  }

  cancel(): void {
    this.giveUp.abort();
    this.busy.value = false;
  }
}
