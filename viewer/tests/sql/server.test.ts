import { expect, test, vi } from "vitest";
import type { Manifest } from "../../src/bundle/index.ts";
import { RefusedError } from "../../src/find/server.ts";
import { SqlDesk } from "../../src/sql/desk.ts";
import { addressOf, askSql, maskOf, type SqlAnswer } from "../../src/sql/server.ts";
import { firstQuery, quoted } from "../../src/sql/start.ts";

const API = new URL("http://127.0.0.1:1600/api/maps/mnist/");
const ANSWER = { columns: [], rows: [], count: 0, truncated: false, seconds: 0, selection: null };
const never = new AbortController().signal;

test("a dataset is asked beside its maps, about the map that is shown", () => {
  expect(addressOf(API).url.href).toBe("http://127.0.0.1:1600/api/datasets/mnist/sql");
  expect(addressOf(API).map).toBe("main");
  const other = addressOf(new URL("mnist~pixels/", "http://127.0.0.1:1600/api/maps/"));
  expect(other.url.href).toBe("http://127.0.0.1:1600/api/datasets/mnist/sql");
  expect(other.map).toBe("pixels");
});

test("a question is posted, and what the server says no to is said", async () => {
  const fetch = vi.fn(async () => Response.json(ANSWER));
  expect(await askSql(API, "select 1", never, fetch)).toEqual(ANSWER);
  const [, init] = fetch.mock.calls[0] as unknown as [URL, RequestInit];
  expect(JSON.parse(String(init.body))).toEqual({ query: "select 1", map: "main" });
  const refusing = async () => Response.json({ error: "syntax error.", hint: "Look." }, { status: 400 });
  await expect(askSql(API, "selec", never, refusing)).rejects.toThrow("syntax error. Look.");
  const away = async () => Promise.reject(new TypeError("fetch failed"));
  await expect(askSql(API, "select 1", never, away)).rejects.toThrow(RefusedError);
});

test("bits become a mask of the map's items", () => {
  const bits = btoa(String.fromCharCode(0b00000101, 0b10));
  expect([...maskOf({ bits }, 10)]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
});

test("a new question gives up the one before, whose answer comes too late", async () => {
  const waiting: ((answer: SqlAnswer) => void)[] = [];
  const desk = new SqlDesk((_, signal) => {
    return new Promise((resolve, reject) => {
      waiting.push(resolve);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  });
  const first = desk.run("slow");
  const second = desk.run("quick");
  expect(desk.busy.value).toBe(true);
  waiting[1]!({ ...ANSWER, count: 2 });
  waiting[0]!({ ...ANSWER, count: 1 });
  await Promise.all([first, second]);
  expect(desk.answer.value?.count).toBe(2);
  expect(desk.problem.value).toBe("");
  expect(desk.busy.value).toBe(false);
});

test("a problem leaves the answer before it, and goes with the next question", async () => {
  const answers: (() => Promise<SqlAnswer>)[] = [
    async () => ANSWER,
    async () => Promise.reject(new RefusedError("no such column")),
    async () => ANSWER,
  ];
  const desk = new SqlDesk(() => answers.shift()!());
  await desk.run("a");
  await desk.run("b");
  expect([desk.answer.value, desk.problem.value]).toEqual([ANSWER, "no such column"]);
  await desk.run("c");
  expect(desk.problem.value).toBe("");
});

test("the first question is about what the map is coloured by", () => {
  const manifest = (color: string | null, names: string[]) =>
    ({ columns: names.map((name) => ({ name, kind: "category" })), view: { color } }) as unknown as Manifest;
  expect(firstQuery(manifest("kind", ["a", "kind"]))).toMatch(
    /^select kind, count\(\*\) as items\nfrom data/,
  );
  expect(firstQuery(manifest(null, ["The kind"]))).toMatch(/^select "The kind",/);
  expect(firstQuery(manifest(null, []))).toMatch(/^select \*/);
});

test("names are quoted where SQL needs it", () => {
  expect(["a1", "A", 'x"y', "1a", "größe"].map(quoted)).toEqual(["a1", '"A"', '"x""y"', '"1a"', '"größe"']);
});
