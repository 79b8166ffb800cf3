import { type Command, commandFor, keyOf } from "../commands.ts";
import type { ViewState } from "../state.ts";

/** Act on a key wherever the focus is, unless the control that has it needs the key; returns whether it did. */
export function actOnKey(event: KeyboardEvent, commands: readonly Command[], state: ViewState): boolean {
  if (event.defaultPrevented) return false;
  if (event.key !== "Escape" && (sheetOpen(state) || keptByControl(event))) return false;
  const command = commandFor(event, commands);
  command?.run(keyOf(event, command));
  return command !== null;
}

/** Whether a sheet lies over the page and has the keys. */
function sheetOpen({ keysShown, picture }: ViewState): boolean {
  return keysShown.value || picture.shown.value;
}

/** Whether the focused control has its own use for the key. */
function keptByControl({ key, target }: KeyboardEvent): boolean {
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement) {
    if (target.type === "checkbox") return key === " ";
    if (target.type === "radio") return key.startsWith("Arrow");
    if (target.type === "range") return key.startsWith("Arrow") || key === "Home";
    return true;
  }
  return key === " " && target instanceof Element && target.matches("button, a, summary");
}
