/** The search that needs Python: over all vectors, exact, by an item, a vector, words or an image. */

import type { Ranked } from "./ranked.ts";
import { rankedAs } from "./ranked.ts";

/** What a server can search a map by; it says so in the map's `capabilities`. */
export type Ability = "search-item" | "search-vector" | "search-text" | "search-image";

/** What to search for; exactly one of the first three. */
export interface Asked {
  readonly item?: number;
  readonly vector?: readonly number[];
  readonly text?: string;
  readonly limit: number;
  /** Only items with this value in a category column; null stands for those without one. */
  readonly among?: { readonly column: string; readonly value: string | null };
  readonly farthest?: boolean;
}

export interface Answer extends Ranked {
  readonly metric: string;
  /** What was searched for, as a vector: a link can carry it. */
  readonly vector: readonly number[] | null;
}

/** The server said no, in words for the reader. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

export class SearchServer {
  private asked: Promise<ReadonlySet<string>> | null = null;

  /** @param api the server's address for this dataset; null on a static host, where nothing can be searched by. */
  constructor(private readonly api: URL | null) {}

  /** What this server can do; asked once, and nothing where it can't be reached. */
  get abilities(): Promise<ReadonlySet<string>> {
    this.asked ??= this.ask().catch(() => {
      this.asked = null; // it may come back
      return new Set<string>();
    });
    return this.asked;
  }

  async can(ability: Ability): Promise<boolean> {
    return (await this.abilities).has(ability);
  }

  /** Raises RefusedError, or the signal's AbortError. */
  search(asked: Asked, signal?: AbortSignal): Promise<Answer> {
    const headers = { "Content-Type": "application/json" };
    return this.post("search", { headers, body: JSON.stringify(asked) }, signal);
  }

  /** Search by an image's bytes. Raises as `search` does. */
  searchImage(image: Blob, limit: number, signal?: AbortSignal): Promise<Answer> {
    const headers = { "Content-Type": "application/octet-stream" };
    return this.post(`search/image?limit=${limit}`, { headers, body: image }, signal);
  }

  private async ask(): Promise<ReadonlySet<string>> {
    if (!this.api) return new Set();
    const response = await fetch(this.api.href.replace(/\/$/, ""));
    const { capabilities } = (await response.json()) as { capabilities?: string[] };
    return new Set(capabilities ?? []);
  }

  private async post(path: string, init: RequestInit, signal?: AbortSignal): Promise<Answer> {
    if (!this.api) throw new RefusedError("This map came without its server");
    let response: Response;
    try {
      response = await fetch(new URL(path, this.api), { ...init, method: "POST", signal: signal ?? null });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new RefusedError("The server could not be reached. Is terrella serve still running?");
    }
    const said = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (!response.ok) throw new RefusedError(problemOf(said, response.status));
    const { items, distances, metric, vector } = said as unknown as Answer;
    return { ...rankedAs(items, distances), metric, vector: vector ?? null };
  }
}

export function problemOf({ error, hint }: Record<string, unknown>, status: number): string {
  const words = [error, hint].filter((part) => typeof part === "string" && part !== "");
  return words.length > 0 ? words.join(" ") : `The server refused with status ${status}.`;
}
