import { useLayoutEffect, useRef } from "preact/hooks";
import { type Command, GROUPS } from "../commands.ts";
import type { ViewState } from "../state.ts";
import { CloseIcon } from "./icons.tsx";

interface Props {
  commands: readonly Command[];
  state: ViewState;
}

/** All keys on one sheet. */
export function KeySheet({ commands, state }: Props) {
  return state.keysShown.value ? <Sheet commands={commands} state={state} /> : null;
}

function Sheet({ commands, state }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => {
    state.keysShown.value = false;
  };
  useLayoutEffect(() => {
    const opened = dialog.current!;
    opened.showModal();
    return () => opened.close(); // gives the focus back
  }, []);
  return (
    <dialog ref={dialog} class="key-sheet panel" aria-label="Keyboard" onClose={close}>
      <header class="details-head">
        <h2>Keyboard</h2>
        <button type="button" class="quiet" onClick={close} aria-label="Close">
          <CloseIcon />
        </button>
      </header>
      {GROUPS.map((group) => (
        <Group key={group} name={group} commands={commands.filter((command) => command.group === group)} />
      ))}
    </dialog>
  );
}

function Group({ name, commands }: { name: string; commands: readonly Command[] }) {
  if (commands.length === 0) return null;
  return (
    <section class="key-group" aria-label={name}>
      <h3 class="label">{name}</h3>
      <dl class="keys">
        {commands.map((command) => (
          <div key={command.title}>
            <dt>
              {shownKeys(command).map((key) =>
                key === "…" ? <span key={key}>…</span> : <kbd key={key}>{key}</kbd>,
              )}
            </dt>
            <dd>{command.title}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function shownKeys({ keys, shown }: Command): readonly string[] {
  return shown ?? keys[0]!.split("+").map(nameOf);
}

function nameOf(key: string): string {
  if (key === "mod") return /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl";
  return key[0]!.toUpperCase() + key.slice(1);
}
