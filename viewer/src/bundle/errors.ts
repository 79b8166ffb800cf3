/** The map format that this viewer reads. */
export const READABLE = { format: "terrella-map", version: 1 } as const;

/** Why a map, or a file of it, could not be read. */
export type MapProblem =
  | { kind: "not-found"; url: string }
  | { kind: "offline"; url: string }
  | { kind: "refused"; url: string; status: number }
  | { kind: "bad-version"; format: unknown; version: unknown }
  | { kind: "damaged"; url: string; detail: string };

/** A map, or a file of it, could not be read; `problem` says why in fields, `message` in one line. */
export class MapError extends Error {
  override readonly name = "MapError";

  constructor(readonly problem: MapProblem) {
    super(describe(problem));
  }

  get kind(): MapProblem["kind"] {
    return this.problem.kind;
  }
}

function describe(problem: MapProblem): string {
  switch (problem.kind) {
    case "not-found":
      return `no file at ${problem.url}`;
    case "offline":
      return `${problem.url} could not be reached`;
    case "refused":
      return `${problem.url} was refused with status ${problem.status}`;
    case "bad-version":
      return problem.format === READABLE.format
        ? `got v${String(problem.version)}, this viewer reads v${READABLE.version}`
        : `got format ${JSON.stringify(problem.format)}, this viewer reads ${READABLE.format} v${READABLE.version}`;
    case "damaged":
      return `${problem.url} is damaged: ${problem.detail}`;
  }
}
