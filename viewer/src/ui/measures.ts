import type { Measure, Neighbors } from "../bundle/index.ts";

/** How a measure is called, what it says, and what a layout without any truth would score. */
interface Meaning {
  readonly name: string;
  readonly words: string;
  readonly chance: number;
}

/** The measures that are known, in the order to show them: near things first, then far ones. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  trustworthiness: {
    name: "Trustworthiness",
    words: "Items that are close on the map are close in the data too.",
    chance: 0.5,
  },
  continuity: {
    name: "Continuity",
    words: "Items that are close in the data stay close on the map.",
    chance: 0.5,
  },
  knn_preservation: {
    name: "Nearest kept",
    words: "The share of an item’s nearest neighbours in the data that are its nearest on the map.",
    chance: 0,
  },
  knn_preservation_50: {
    name: "50 nearest kept",
    words: "The share of an item’s 50 nearest in the data that are among its 50 nearest on the map.",
    chance: 0,
  },
  label_accuracy: {
    name: "Labels",
    words: "How often most of an item’s nearest on the map have its own label.",
    chance: 0,
  },
  triplet_accuracy: {
    name: "Triplets",
    words: "Of two random items, how often the map shows the nearer one as the nearer. A coin scores 0.5.",
    chance: 0.5,
  },
  distance_spearman: {
    name: "Distances",
    words: "How well near and far on the map rank as near and far in the data.",
    chance: 0,
  },
};

/** What to say of a measure; one that this viewer does not know goes by its own name. */
export function meaningOf(measure: string): Meaning {
  const plain = measure.replaceAll("_", " ");
  const name = plain.charAt(0).toUpperCase() + plain.slice(1);
  return MEANINGS[measure] ?? { name, words: "", chance: 0 };
}

/** The measures in the order to show them, unknown ones last. */
export function orderOf(measures: readonly string[]): string[] {
  const known = Object.keys(MEANINGS);
  const rank = (measure: string) => (measure in MEANINGS ? known.indexOf(measure) : known.length);
  return [...measures].sort((a, b) => rank(a) - rank(b));
}

/** Write a score with three places, which is as far as samples carry. */
export function scoreOf({ value }: Measure): string {
  return value.toFixed(3).replace("-", "−");
}

/** Write the standard error of a sampled score, such as "±.004"; empty where every item was counted. */
export function errorOf({ error }: Measure): string {
  if (!error) return "";
  return error < 0.0005 ? "<.001" : `±${error.toFixed(3).replace(/^0/, "")}`;
}

/** Say how the scores were come by, and how far the neighbours of the map can be trusted. */
export function basisOf(measures: readonly Measure[], knn: Neighbors | null): string {
  const sampled = measures.some(({ error }) => error);
  const basis = sampled ? "± is a sample’s standard error." : "Measured on every item.";
  if (knn?.method !== "approximate") return basis;
  const share = knn.recall ? `: ${(100 * knn.recall.value).toFixed(1)} % are true` : "";
  return `${basis} The map’s neighbours are approximate${share}.`;
}
