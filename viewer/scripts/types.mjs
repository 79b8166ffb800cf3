import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const SCHEMA = new URL("../../schema/manifest.schema.json", import.meta.url);
export const MANIFEST_TYPES = new URL("../src/bundle/manifest.ts", import.meta.url);

/**
 * Leave a reference alone in its node: with a description beside it, the compiler would copy the type for each use.
 * @param {string} key
 * @param {any} value
 */
function plainReferences(key, value) {
  return key !== "properties" && value?.$ref ? { $ref: value.$ref } : value;
}

/** Turn the manifest's JSON Schema into TypeScript; `npm run types` writes it, a test compares it. */
export async function manifestTypes() {
  const schema = JSON.parse(readFileSync(SCHEMA, "utf8"), plainReferences);
  const types = await compile(schema, "Manifest", {
    bannerComment:
      "// Generated from schema/manifest.schema.json by `npm run types`. Edit the schema, not this file.",
    style: { printWidth: 110 },
    unreachableDefinitions: true, // topics.json is described beside the manifest
  });
  return types
    .replace(/( \*\n)? \* This interface was referenced by.*\n \* via the `definition`.*\n/g, "")
    .replace(/\/\*\*\n \*\/\n/g, "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(MANIFEST_TYPES, await manifestTypes());
}
