import type { Atlas } from "../../app.ts";
import { groupingColumn, type Relation } from "../../find/kin.ts";
import { type KinChoice, SIDES } from "../../state/kin.ts";
import { useGroupName } from "./group.ts";
import { KinGrid } from "./KinGrid.tsx";
import { KinList } from "./KinList.tsx";
import { measureWords } from "./words.ts";

/** The pinned item's neighbours, or members of its category: on the panel as images or texts, on the map by lines. */
export function KinPanel({ atlas, item }: { atlas: Atlas; item: number }) {
  const { bundle, state } = atlas;
  const shown = state.kin.shown.value;
  const choice = state.kin.choice.value;
  const kin = shown.state === "here" && shown.kin.item === item ? shown.kin : null;
  const failed = shown.state === "failed" && shown.item === item ? shown.message : null;
  const Others = bundle.manifest.sprites ? KinGrid : KinList;
  return (
    <section class="kin" aria-label="Neighbours" data-testid="kin">
      <KinControls atlas={atlas} item={item} />
      {kin && <Others atlas={atlas} kin={kin} side={choice.side} />}
      {kin?.ranked.items.length === 0 && <p class="note kin-note">No other item is in its group.</p>}
      {!kin && !failed && <div class="kin-grid kin-finding" style={{ "--side": choice.side }} />}
      {failed && <p class="note kin-note">{failed}</p>}
      {kin && <p class="note kin-note">{measureWords(kin, state.kin.pointed.value)}</p>}
    </section>
  );
}

function KinControls({ atlas, item }: { atlas: Atlas; item: number }) {
  const { bundle, state } = atlas;
  const { choice } = state.kin;
  const column = groupingColumn(bundle.manifest, state.color.value);
  const group = useGroupName(bundle, column, item);
  const choose = (change: Partial<KinChoice>) => {
    choice.value = { ...choice.value, ...change };
  };
  const { relation, side, roll } = choice.value;
  return (
    <div class="kin-head">
      <select
        class="choice kin-relation"
        aria-label="Shown with"
        value={relation}
        onChange={({ currentTarget }) => choose({ relation: currentTarget.value as Relation })}
      >
        {bundle.manifest.knn && <option value="space">Nearest by content</option>}
        <option value="map">Nearest on the map</option>
        {column && (
          <optgroup label={`${column.title}: ${group ?? "…"}`}>
            <option value="closest">Closest in its group</option>
            <option value="farthest">Farthest in its group</option>
            <option value="random">Random in its group</option>
          </optgroup>
        )}
      </select>
      {relation === "random" && (
        <button
          type="button"
          class="quiet kin-step"
          aria-label="Draw others"
          title="Draw others"
          onClick={() => choose({ roll: roll + 1 })}
        >
          ↻
        </button>
      )}
      <Step label="Fewer" sign="−" disabled={side <= SIDES.least} onStep={() => choose({ side: side - 1 })} />
      <output class="kin-side" aria-label="Size of the grid">
        {side} × {side}
      </output>
      <Step label="More" sign="+" disabled={side >= SIDES.most} onStep={() => choose({ side: side + 1 })} />
    </div>
  );
}

interface StepProps {
  label: string;
  sign: string;
  disabled: boolean;
  onStep: () => void;
}

function Step({ label, sign, disabled, onStep }: StepProps) {
  return (
    <button
      type="button"
      class="quiet kin-step"
      aria-label={`${label} neighbours`}
      title={label}
      aria-disabled={disabled}
      onClick={() => disabled || onStep()}
    >
      {sign}
    </button>
  );
}
