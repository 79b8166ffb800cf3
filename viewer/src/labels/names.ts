/** The categories whose names stand on the map: those it is coloured by, else those of its label. */

import type { MapBundle } from "../bundle/index.ts";
import { type CategoryColoring, type Coloring, loadColoring } from "../data/coloring.ts";

/** What names places: each item's category, and the categories' texts and colours. */
export type Naming = CategoryColoring;

/** Find what names places under a colouring; null where nothing does. */
export async function namingFor(bundle: MapBundle, coloring: Coloring): Promise<Naming | null> {
  const label = bundle.manifest.fields.find(({ role }) => role === "label")?.name;
  if (coloring.kind === "category") {
    const steps = coloring.column.name !== label && coloring.column.categories.every(isNumber);
    return steps ? null : coloring; // the steps of a scale are spread, and name no place
  }
  const column = bundle.manifest.columns.find(({ name, kind }) => name === label && kind === "category");
  if (!column) return null;
  const naming = await loadColoring(bundle, column.name);
  return naming.kind === "category" ? naming : null;
}

function isNumber(name: string): boolean {
  return name.trim() !== "" && Number.isFinite(Number(name));
}

/** Longest name on the map, characters. */
const LONGEST = 28;

/** A category's name as the map shows it. */
export function shortened(name: string): string {
  const plain = name.trim();
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST - 1).trimEnd()}…`;
}
