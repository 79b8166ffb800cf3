import { describe, expect, test } from "vitest";
import { MapError, openMap } from "../../src/bundle/index.ts";
import { diskFetch, GOLDEN } from "./disk.ts";

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Open the golden map with another manifest; returns the error. */
async function refusal(manifest: Uint8Array<ArrayBuffer> | number | "offline"): Promise<MapError> {
  const { fetch } = diskFetch(() => manifest);
  return openMap(GOLDEN, { fetch }).then(
    () => expect.fail("it opened"),
    (error) => {
      expect(error).toBeInstanceOf(MapError);
      return error;
    },
  );
}

describe("a manifest is refused", () => {
  test("of another version, with both versions named", async () => {
    const error = await refusal(encode({ format: "terrella-map", version: 2 }));
    expect(error.message).toBe("got v2, this viewer reads v1");
    expect(error.problem).toEqual({ kind: "bad-version", format: "terrella-map", version: 2 });
  });

  test("of another format", async () => {
    const error = await refusal(encode({ format: "pixplot", version: 1 }));
    expect(error.message).toMatch('got format "pixplot", this viewer reads terrella-map v1');
  });

  test("that is not JSON", async () => {
    expect((await refusal(new TextEncoder().encode("<!doctype html>"))).message).toMatch(
      /manifest\.json is damaged: it is not JSON/,
    );
  });

  test("that is JSON but no object", async () => {
    expect((await refusal(encode(null))).message).toMatch(/it is not a JSON object/);
  });

  test("whose arrays have another number of items", async () => {
    const { fetch } = diskFetch();
    const manifest = await (await fetch(new URL("manifest.json", GOLDEN))).json();
    manifest.projections[0].positions.count = 7;
    expect((await refusal(encode(manifest))).message).toMatch(/shapes has 7 items, the map 200/);
  });

  test.each([
    [404, "not-found"],
    [410, "not-found"],
    [401, "refused"],
    [503, "refused"],
    ["offline", "offline"],
  ] as const)("when the server answers %s", async (answer, kind) => {
    expect((await refusal(answer)).kind).toBe(kind);
  });
});

test("an unknown name is refused with the map's own names", async () => {
  const bundle = await openMap(GOLDEN, { fetch: diskFetch().fetch });
  expect(() => bundle.projection("umap")).toThrow('no projection is named "umap"; this map has shapes, line');
  expect(() => bundle.column("colour")).toThrow(/no column is named "colour"/);
});
