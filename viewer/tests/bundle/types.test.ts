import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MANIFEST_TYPES, manifestTypes } from "../../scripts/types.mjs";

test("the manifest's types are those of its schema", async () => {
  expect(readFileSync(MANIFEST_TYPES, "utf8"), "run: npm run types").toBe(await manifestTypes());
});
