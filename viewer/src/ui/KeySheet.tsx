import { type Command, GROUPS } from "../commands.ts";
import type { ViewState } from "../state.ts";
import { Sheet } from "./Sheet.tsx";

interface Props {
  commands: readonly Command[];
  state: ViewState;
}

/** All keys on one sheet. */
export function KeySheet({ commands, state }: Props) {
  if (!state.keysShown.value) return null;
  const close = () => {
    state.keysShown.value = false;
  };
  return (
    <Sheet title="Keyboard" class="key-sheet" onClose={close}>
      <div class="key-groups">
        {GROUPS.map((group) => (
          <Group key={group} name={group} commands={commands.filter((command) => command.group === group)} />
        ))}
      </div>
    </Sheet>
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
