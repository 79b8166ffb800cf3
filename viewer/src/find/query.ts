/** What a map can be searched for. */
export type Query =
  /** A part of a text, or a regular expression between slashes; a worker reads the map's rows. */
  | { readonly by: "text"; readonly text: string }
  /** Items like one of them, by the server or along the map's own graph. */
  | { readonly by: "item"; readonly item: number }
  /** Texts of like words, by the server. */
  | { readonly by: "words"; readonly text: string }
  /** By the server. `title` says where the vector comes from: an image's name. */
  | { readonly by: "vector"; readonly vector: readonly number[]; readonly title: string | null }
  /** An image's bytes, by the server; once they are encoded, a vector takes their place. */
  | { readonly by: "image"; readonly image: Blob; readonly title: string };

/** A text query can't be understood; the message says why. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}

/** Finds the first place in a text that matches: from and to, or null. */
export type Matcher = (text: string) => readonly [number, number] | null;

const PATTERN = /^\/(.+)\/([a-z]*)$/s;

/** Whether a text is meant as a regular expression. */
export function isPattern(text: string): boolean {
  return PATTERN.test(text);
}

/** The source and the flags of a text that is meant as a regular expression; null for any other. */
export function flagsOf(text: string): { readonly source: string; readonly flags: string } | null {
  const [, source, flags] = PATTERN.exec(text) ?? [];
  return source === undefined ? null : { source, flags: flags! };
}

/**
 * Read `/pattern/flags` as a regular expression, and anything else as what a text must contain, in any case of letters.
 * Raises QueryError for a pattern that is none.
 */
export function matcherOf(text: string): Matcher {
  const [, pattern, flags] = PATTERN.exec(text) ?? [];
  if (pattern === undefined) return containing(text);
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, flags!.replace(/[gy]/g, ""));
  } catch (error) {
    const why = (error as Error).message
      .replace(/^Invalid regular expression: /, "")
      .replace(/^\/.*\/[a-z]*: /s, "");
    throw new QueryError(`This is no regular expression: ${why}.`);
  }
  return (subject) => {
    const match = expression.exec(subject);
    return match && [match.index, match.index + match[0].length];
  };
}

function containing(text: string): Matcher {
  const needle = text.toLowerCase();
  return (subject) => {
    const lower = subject.toLowerCase();
    const at = lower.indexOf(needle);
    if (at < 0) return null;
    if (lower.length === subject.length) return [at, at + needle.length];
    return [0, 0]; // lower case changed the length (İ): it matches, and no place can be told
  };
}

/** Read numbers written like a list, with or without brackets: [0.1, -2e3, 4]; null for anything else. */
export function vectorOf(text: string): number[] | null {
  const bare = text
    .trim()
    .replace(/^\[(.*)\]$/s, "$1")
    .trim();
  const parts = bare.split(/[\s,;]+/).filter((part) => part !== "");
  const numbers = parts.map(Number);
  return numbers.length > 1 && numbers.every(Number.isFinite) ? numbers : null;
}
