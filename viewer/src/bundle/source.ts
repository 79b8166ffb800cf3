import { MapError } from "./errors.ts";

export type Fetch = typeof globalThis.fetch;

export interface Range {
  first: number;
  end: number;
}

/** The files of one map, reached by URL; a file that fails is asked for once more. */
export class Source {
  /** Called with false when no answer comes at all, and with true at every answer. */
  onReach: (reached: boolean) => void = () => undefined;

  /** Files on their way that nobody has asked for yet. */
  private readonly ahead = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(
    readonly base: URL,
    private readonly fetch: Fetch = (input, init) => globalThis.fetch(input, init),
  ) {}

  url(path: string): URL {
    return new URL(path, this.base);
  }

  /**
   * Fetch a file whole and check its size.
   * Raises MapError (not-found, offline, refused, damaged), or the signal's AbortError.
   */
  bytes(path: string, size: number | null, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    return twice(async () => {
      const url = this.url(path);
      const begun = this.ahead.get(path);
      this.ahead.delete(path);
      const body = await (begun ?? this.whole(url, signal));
      if (size !== null && body.length !== size) {
        throw damaged(url, `it has ${body.length} bytes, the manifest says ${size}`);
      }
      return body;
    }, signal);
  }

  /** Fetch a file that will be asked for soon: the page has long things to do before it can. */
  begin(path: string): void {
    const begun = this.whole(this.url(path));
    begun.catch(() => undefined); // told when it is asked for
    this.ahead.set(path, begun);
  }

  private async whole(url: URL, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    return readBody(await this.request(url, { signal }), url);
  }

  /** Fetch bytes first … end − 1 of a file; a server that ignores ranges sends it whole, and it is cut here. */
  range(path: string, { first, end }: Range, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    return twice(async () => {
      const url = this.url(path);
      const headers = { Range: `bytes=${first}-${end - 1}` };
      const response = await this.request(url, { signal, headers });
      const body = await readBody(response, url);
      const slice = response.status === 206 ? body : body.slice(first, end);
      if (slice.length !== end - first) {
        throw damaged(url, `bytes ${first} to ${end - 1} were asked for, ${slice.length} bytes came`);
      }
      return slice;
    }, signal);
  }

  async request(
    url: URL,
    init: { signal?: AbortSignal | undefined; headers?: HeadersInit; cache?: RequestCache },
  ): Promise<Response> {
    const { signal, ...rest } = init;
    let response: Response;
    try {
      response = await this.fetch(url, { ...rest, signal: signal ?? null });
    } catch (error) {
      if (signal?.aborted) throw error;
      this.onReach(false);
      throw new MapError({ kind: "offline", url: url.href });
    }
    this.onReach(true);
    if (response.status === 404 || response.status === 410) {
      throw new MapError({ kind: "not-found", url: url.href });
    }
    if (!response.ok) throw new MapError({ kind: "refused", url: url.href, status: response.status });
    return response;
  }
}

async function readBody(response: Response, url: URL): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new MapError({ kind: "offline", url: url.href });
  }
}

async function twice<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const lasting = error instanceof MapError && error.kind === "not-found";
    if (lasting || signal?.aborted) throw error;
    return attempt();
  }
}

export function damaged(url: URL, detail: string): MapError {
  return new MapError({ kind: "damaged", url: url.href, detail });
}
