import { batch, effect, untracked } from "@preact/signals";
import type { MapBundle } from "../bundle/index.ts";
import { BY_SIMILARITY, similarityExtra } from "../data/extras.ts";
import { maskOf } from "../data/mask.ts";
import { setExtra } from "../state/colors.ts";
import type { SearchResults } from "../state/search.ts";
import type { ViewState } from "../state.ts";
import type { Query } from "./query.ts";
import type { Answer, SearchServer } from "./server.ts";
import { TextSearch } from "./textsearch.ts";
import { walk } from "./walk.ts";

/** The nearest that a search by likeness finds: the slider chooses among them. */
const MOST_NEAREST = 2000;
/** The nearest along the graph, where there is no server. */
const MOST_WALKED = 500;
/** While a search runs, its results are shown this often. */
const PAUSE_MS = 200;

/** Keep the results those of the state's query, and the map lit where they are. */
export function followSearch(bundle: MapBundle, server: SearchServer, state: ViewState): void {
  const { query, results, reach, fields } = state.search;
  const texts = new TextSearch(bundle);
  effect(() => {
    const asked = query.value;
    if (!asked) {
      results.value = null;
      return undefined;
    }
    results.value = begun(asked);
    return asked.by === "text"
      ? searchTexts(texts, asked, fields.value, results)
      : searchAlike(bundle, server, state, asked);
  });
  effect(() => {
    const found = results.value;
    const known = found && (found.items.length > 0 || found.state === "here");
    state.found.value = known ? maskOf(litOf(found, reach.value), bundle.count) : null;
  });
  effect(() => {
    const { items, distances } = results.value ?? {};
    const ranked = items && distances && items.length > 0;
    const extra = ranked ? similarityExtra(items, distances, bundle.count) : null;
    untracked(() => setExtra(state.colors, BY_SIMILARITY, extra));
  });
}

/** The items that stay bright: all that match, or the nearest few and what they are like. */
function litOf({ query, items, distances }: SearchResults, reach: number): ArrayLike<number> {
  if (!distances) return items;
  const nearest = Array.from(items).slice(0, reach);
  return query.by === "item" ? [query.item, ...nearest] : nearest;
}

function begun(query: Query): SearchResults {
  const nothing = { items: [], distances: null, metric: null, exact: 0, done: 0, message: "" };
  return { query, state: "searching", ...nothing };
}

function failed(query: Query, message: string): SearchResults {
  return { ...begun(query), state: "failed", message };
}

type TextQuery = Query & { by: "text" };

function searchTexts(
  texts: TextSearch,
  query: TextQuery,
  fields: readonly string[] | null,
  results: ViewState["search"]["results"],
): () => void {
  let items = new Uint32Array(0);
  let pending: Uint32Array[] = [];
  let done = 0;
  let timer = 0;
  const show = () => {
    timer = 0;
    items = joined([items, ...pending]);
    pending = [];
    results.value = {
      ...begun(query),
      state: done === 1 ? "here" : "searching",
      items,
      done,
      exact: items.length,
    };
  };
  const stop = () => {
    clearTimeout(timer);
    texts.stop();
  };
  try {
    texts.search(query.text, fields, {
      found(more, share) {
        pending.push(more);
        done = share;
        if (share === 1) {
          clearTimeout(timer);
          show();
        } else timer ||= window.setTimeout(show, PAUSE_MS);
      },
      failed(message) {
        clearTimeout(timer);
        results.value = failed(query, message);
      },
    });
  } catch (error) {
    results.value = failed(query, (error as Error).message);
  }
  return stop;
}

function joined(parts: readonly Uint32Array[]): Uint32Array<ArrayBuffer> {
  const whole = new Uint32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function searchAlike(bundle: MapBundle, server: SearchServer, state: ViewState, query: Query): () => void {
  const giveUp = new AbortController();
  const { results } = state.search;
  findAlike(bundle, server, query, giveUp.signal).then(
    (answer) => {
      if (giveUp.signal.aborted) return;
      const { items, distances, metric, exact, vector } = answer;
      batch(() => {
        results.value = { ...begun(query), state: "here", items, distances, metric, exact, done: 1 };
        if (query.by === "image" && vector) keepVector(state, query.title, vector);
      });
    },
    (error: Error) => {
      if (!giveUp.signal.aborted) results.value = failed(query, error.message);
    },
  );
  return () => giveUp.abort();
}

/** An image that was searched by becomes a search by its vector, which a link can carry. */
function keepVector({ search }: ViewState, title: string, vector: readonly number[]): void {
  search.query.value = { by: "vector", vector, title };
}

async function findAlike(
  bundle: MapBundle,
  server: SearchServer,
  query: Query,
  signal: AbortSignal,
): Promise<Answer> {
  const limit = Math.min(MOST_NEAREST, bundle.count);
  switch (query.by) {
    case "item":
      if (await server.can("search-item")) return server.search({ item: query.item, limit }, signal);
      return alongGraph(bundle, query.item, signal);
    case "image":
      return server.searchImage(query.image, limit, signal);
    case "vector":
      return server.search({ vector: query.vector, limit }, signal);
    default:
      return server.search({ text: (query as { text: string }).text, limit }, signal);
  }
}

async function alongGraph(bundle: MapBundle, item: number, signal: AbortSignal): Promise<Answer> {
  const { knn } = bundle.manifest;
  if (!knn) throw new Error("This map carries no neighbours, and no server is there to find some.");
  const of = async (other: number) => (await bundle.neighbors(other))!;
  const wanted = Math.min(MOST_WALKED, bundle.count - 1);
  return { ...(await walk(of, item, wanted, signal)), metric: knn.metric, vector: null };
}
