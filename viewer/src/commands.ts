/** What a reader can do by a key, a line on the sheet of keys, or a search among commands. */
export interface Command {
  /** What it does, as the sheet says it: "Whole map". */
  readonly title: string;
  readonly group: CommandGroup;
  /**
   * Keys, any of which does it: `event.key` in lower case ("c", "arrowleft", "?"), after "mod+" where Ctrl or ⌘ is held,
   * "shift+" where Shift makes a difference beyond the character.
   */
  readonly keys: readonly string[];
  /** The keys as the sheet shows them, where they aren't simply `keys`: ["←", "→"]. */
  readonly shown?: readonly string[];
  /** Whether it means anything now; a command that doesn't leaves its key to others. */
  enabled?(): boolean;
  run(key: string): void;
}

export const GROUPS = ["Move", "Look", "Find", "Choose", "Play", "Page"] as const;
export type CommandGroup = (typeof GROUPS)[number];

type KeyLike = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** The command that a key asks for, if any means it now. */
export function commandFor(event: KeyLike, commands: readonly Command[]): Command | null {
  const names = namesOf(event);
  const meant = commands.filter(({ keys }) => keys.some((key) => names.includes(key)));
  return meant.find((command) => command.enabled?.() ?? true) ?? null;
}

/** Which of the command's keys this is. */
export function keyOf(event: KeyLike, { keys }: Command): string {
  return namesOf(event).find((name) => keys.includes(name))!;
}

/** How `Command.keys` may call a key, the exact name first. */
function namesOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyLike): string[] {
  if (altKey) return [];
  const plain = key.toLowerCase();
  const mod = ctrlKey || metaKey ? "mod+" : "";
  return shiftKey ? [`${mod}shift+${plain}`, `${mod}${plain}`] : [`${mod}${plain}`];
}
