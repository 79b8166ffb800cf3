import type { ComponentChildren } from "preact";
import type { Atlas } from "../../app.ts";
import type { Mode } from "../../data/combine.ts";
import { BRUSH, type SelectionState, type Tool } from "../../state/selection.ts";
import { BoxIcon, BrushIcon, HandIcon, LassoIcon, RedoIcon, SqlIcon, TableIcon, UndoIcon } from "./icons.tsx";

const TOOLS: readonly { tool: Tool; name: string; key: string; icon: () => ComponentChildren }[] = [
  { tool: "move", name: "Move", key: "V", icon: () => <HandIcon /> },
  { tool: "lasso", name: "Lasso", key: "L", icon: () => <LassoIcon /> },
  { tool: "box", name: "Box", key: "E", icon: () => <BoxIcon /> },
  { tool: "brush", name: "Brush", key: "P", icon: () => <BrushIcon /> },
];

/** The tools, and with one in hand how it works; taking back beside them. */
export function ToolStack({ atlas }: { atlas: Atlas }) {
  const { selection } = atlas.state;
  const { undo } = atlas.selecting;
  return (
    <div class="tools">
      {selection.tool.value !== "move" && <ToolOptions selection={selection} />}
      <div class="stack panel" role="toolbar" aria-label="Tools">
        {TOOLS.map(({ tool, name, key, icon }) => (
          <button
            key={tool}
            type="button"
            aria-pressed={selection.tool.value === tool}
            aria-label={name}
            title={`${name} (${key})`}
            onClick={() => {
              selection.tool.value = tool;
            }}
          >
            {icon()}
          </button>
        ))}
      </div>
      <div class="stack panel" role="toolbar" aria-label="Steps and table">
        <button
          type="button"
          aria-label="Take back"
          title="Take back (Ctrl Z)"
          aria-disabled={!undo.canUndo.value}
          onClick={() => undo.undo()}
        >
          <UndoIcon />
        </button>
        <button
          type="button"
          aria-label="Do again"
          title="Do again (Ctrl Y)"
          aria-disabled={!undo.canRedo.value}
          onClick={() => undo.redo()}
        >
          <RedoIcon />
        </button>
        <button
          type="button"
          aria-label="Table"
          title="Table (B)"
          aria-pressed={atlas.state.table.open.value}
          onClick={() => {
            atlas.state.table.open.value = !atlas.state.table.open.value;
          }}
        >
          <TableIcon />
        </button>
        {atlas.state.sql.offered.value && (
          <button
            type="button"
            aria-label="SQL"
            title="Ask in SQL (Shift B)"
            aria-pressed={atlas.state.sql.open.value}
            onClick={() => {
              atlas.state.sql.open.value = !atlas.state.sql.open.value;
            }}
          >
            <SqlIcon />
          </button>
        )}
      </div>
    </div>
  );
}

const MODES: readonly { mode: Mode; name: string; keys: string }[] = [
  { mode: "replace", name: "New", keys: "" },
  { mode: "add", name: "Add", keys: "Shift" },
  { mode: "subtract", name: "Take away", keys: "Alt" },
  { mode: "intersect", name: "Keep common", keys: "Shift Alt" },
];

function ToolOptions({ selection: { mode, tool, brush } }: { selection: SelectionState }) {
  return (
    <div class="tool-options panel">
      <fieldset class="segments small bare" aria-label="What a stroke does">
        {MODES.map((one) => (
          <label key={one.mode} class="segment" title={one.keys && `${one.keys} held does the same`}>
            <input
              type="radio"
              name="stroke-mode"
              checked={mode.value === one.mode}
              onChange={() => {
                mode.value = one.mode;
              }}
            />
            <span>{one.name}</span>
          </label>
        ))}
      </fieldset>
      {tool.value === "brush" && (
        <label class="brush-size">
          <span class="label">Size</span>
          <input
            type="range"
            min={BRUSH.least}
            max={BRUSH.most}
            value={brush.value}
            aria-label="Size of the brush"
            title="Size of the brush ([ and ])"
            onInput={({ currentTarget }) => {
              brush.value = Number(currentTarget.value);
            }}
          />
        </label>
      )}
    </div>
  );
}
