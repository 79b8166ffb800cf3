// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { fetchAhead, urlOf } from "../../src/bundle/ahead.ts";

afterEach(() => vi.unstubAllGlobals());

test("what the page has begun is taken once; after that, and else, it is fetched", async () => {
  vi.stubGlobal("fetch", async (url: URL) => new Response(`fetched ${url}`));
  const manifest = urlOf("manifest.json");
  expect(manifest).toMatch(/\/map\/manifest\.json$/);
  window.terrellaAhead = new Map([[manifest, Promise.resolve(new Response("begun"))]]);
  const read = async () => (await fetchAhead(new URL(manifest))).text();
  expect([await read(), await read()]).toEqual(["begun", `fetched ${manifest}`]);
  delete window.terrellaAhead;
  expect(await read()).toBe(`fetched ${manifest}`);
});
