import type { Manifest } from "../../bundle/index.ts";
import type { Command } from "../../commands.ts";
import { type Movable, moveByKey } from "../../interaction/keys.ts";
import { clear, colorBy, project, toggleTheme, type ViewState } from "../../state.ts";

/** What keys ask of the map. */
export interface KeyedMap extends Movable {
  /** The item nearest to the middle of the view: keys point there, as a pointer would. */
  itemInMiddle(): number | null;
  /** Bring an item into the middle. */
  flyTo?(item: number): void;
}

/** Moving the map. */
export function moveCommands(map: KeyedMap): Command[] {
  const move = (title: string, shown: string[], keys: string[]): Command => ({
    title,
    group: "Move",
    keys,
    shown,
    run: (key) => void moveByKey(keyLike(key), map),
  });
  return [
    move(
      "Move",
      ["←", "→", "↑", "↓"],
      ARROWS.flatMap((key) => [key, `shift+${key}`]),
    ),
    move("Zoom", ["+", "−"], ["+", "=", "-", "_"]),
    move("Whole map", ["0", "Home"], ["0", "home"]),
  ];
}

const ARROWS = ["arrowleft", "arrowright", "arrowup", "arrowdown"];

/** A command's key, `shift+arrowleft`, as moveByKey knows it. */
function keyLike(name: string) {
  const shiftKey = name.startsWith("shift+");
  const plain = shiftKey ? name.slice(6) : name;
  const key = plain.startsWith("arrow") ? `Arrow${plain[5]!.toUpperCase()}${plain.slice(6)}` : plain;
  return { key: key === "home" ? "Home" : key, shiftKey, ctrlKey: false, metaKey: false, altKey: false };
}

/** What the map shows, and how. */
export function lookCommands(manifest: Manifest, state: ViewState): Command[] {
  const { projections, sprites } = manifest;
  const last = Math.min(9, projections.length);
  return [
    ...(last > 1 ? [projectionCommand(projections, last, state)] : []),
    {
      title: "Colour by the next column",
      group: "Look",
      keys: ["c"],
      run: () => colorBy(state, nextColor(manifest, state.color.value)),
    },
    { title: "Dark or light", group: "Look", keys: ["t"], run: () => toggleTheme(state) },
    ...(projections.some(({ quality }) => quality) ? [qualityCommand(state)] : []),
    ...(sprites?.ink ? [inkCommand(state)] : []),
  ];
}

function projectionCommand(projections: Manifest["projections"], last: number, state: ViewState): Command {
  return {
    title: "Projection",
    group: "Look",
    keys: projections.slice(0, last).map((_, k) => String(k + 1)),
    shown: last > 2 ? ["1", "…", String(last)] : ["1", "2"],
    run: (key) => {
      project(state, projections[Number(key) - 1]!.name);
    },
  };
}

function qualityCommand(state: ViewState): Command {
  return {
    title: "Fold or unfold the quality",
    group: "Look",
    keys: ["q"],
    run: () => {
      state.qualityShown.value = !state.qualityShown.value;
    },
  };
}

function inkCommand(state: ViewState): Command {
  return {
    title: "Images as ink or tiles",
    group: "Look",
    keys: ["s"],
    run: () => {
      const style = state.sprites.value;
      state.sprites.value = { ...style, ink: !style.ink };
    },
  };
}

/** Pinning items and taking things back. */
export function pinCommands(state: ViewState, map: KeyedMap): Command[] {
  return [
    { title: "Pin an item", group: "Choose", keys: [], shown: ["Click"], run: () => undefined },
    {
      title: "Pin the item in the middle",
      group: "Choose",
      keys: ["enter"],
      enabled: () => document.activeElement instanceof HTMLCanvasElement,
      run: () => {
        state.selected.value = map.itemInMiddle();
      },
    },
    {
      title: "Isolate one more category",
      group: "Choose",
      keys: [],
      shown: ["Shift", "Click"],
      run: () => undefined,
    },
    {
      title: "Take back: the sheet, the pin, the search, then what is isolated",
      group: "Choose",
      keys: ["escape"],
      shown: ["Esc"],
      run: () => {
        state.hovered.value = null;
        clear(state);
      },
    },
    {
      title: "This sheet",
      group: "Page",
      keys: ["?"],
      run: () => {
        state.keysShown.value = true;
      },
    },
  ];
}

/** The column after this one; after the last, the items' own colours. */
function nextColor({ columns }: Manifest, color: string | null): string | null {
  const at = columns.findIndex(({ name }) => name === color);
  return columns[at + 1]?.name ?? null;
}
