/** Whose names stand on the map: the categories it is coloured by, else those of its label, else its topics. */

import type { MapBundle, Topic } from "../bundle/index.ts";
import { type CategoryColoring, type Coloring, loadColoring } from "../data/coloring.ts";

/** Topics whose names stand on the projection that they were found on. */
export interface NamedTopics {
  readonly list: readonly Topic[];
  readonly projection: string;
  /** The level that gives items their colours, 1 the coarsest; null where something else does. */
  readonly level: number | null;
}

/** What names places: each item's category, and the categories' texts and colours; topics on their own projection. */
export interface Naming {
  readonly categories: CategoryColoring;
  readonly topics: NamedTopics | null;
}

/** Find what names places under a colouring; null where nothing does. */
export async function namingFor(bundle: MapBundle, coloring: Coloring): Promise<Naming | null> {
  const { fields, columns, topics } = bundle.manifest;
  const label = fields.find(({ role }) => role === "label")?.name;
  if (coloring.kind === "category") {
    const level = topics?.columns.indexOf(coloring.column.name) ?? -1;
    if (level >= 0) return topical(bundle, coloring, level + 1);
    const steps = coloring.column.name !== label && coloring.column.categories.every(isNumber);
    if (!steps) return { categories: coloring, topics: null }; // the steps of a scale are spread, and name no place
  } else {
    const column = columns.find(({ name, kind }) => name === label && kind === "category");
    const naming = column && (await loadColoring(bundle, column.name));
    if (naming?.kind === "category") return { categories: naming, topics: null };
  }
  const coarsest = topics?.columns[0];
  const naming = coarsest === undefined ? null : await loadColoring(bundle, coarsest);
  return naming?.kind === "category" ? topical(bundle, naming, null) : null;
}

async function topical(
  bundle: MapBundle,
  categories: CategoryColoring,
  level: number | null,
): Promise<Naming> {
  const projection = bundle.manifest.topics?.projection ?? "";
  return { categories, topics: { list: await bundle.topics(), projection, level } };
}

/** The topic's place among those of a level: its own or its ancestor's; null where the level is finer. */
export function codeOnLevel(topics: readonly Topic[], topic: Topic, level: number): number | null {
  let at: Topic | undefined = topic;
  while (at && at.depth > level) at = at.parent === null ? undefined : topics[at.parent];
  if (at?.depth !== level) return null;
  const first = topics.findIndex(({ depth }) => depth === level);
  return at.id - first;
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

/** A topic's name as the map shows it: as many of its terms as there is room for. */
export function topicName(name: string): string {
  const terms = name.trim().split(", ");
  let short = terms[0] as string;
  for (const term of terms.slice(1)) {
    if (short.length + term.length + 2 > LONGEST) break;
    short = `${short}, ${term}`;
  }
  return shortened(short);
}
