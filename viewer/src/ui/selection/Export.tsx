import type { Atlas } from "../../app.ts";
import type { Mask } from "../../data/mask.ts";
import type { Format } from "../../selection/export.ts";

const FORMATS: readonly { format: Format; name: string; hint: string }[] = [
  { format: "csv", name: "CSV", hint: "All fields and the tags, for spreadsheets" },
  { format: "parquet", name: "Parquet", hint: "All that is stored, with its types; written by the server" },
  { format: "ids", name: "Ids", hint: "One id a line" },
];

/** Take what is chosen out of the page. */
export function Export({ atlas: { selecting, state }, chosen }: { atlas: Atlas; chosen: Mask }) {
  const { exporter } = selecting;
  const busy = exporter.busy.value;
  const offered = FORMATS.filter(({ format }) => exporter.can(format));
  return (
    <section class="export" aria-label="Export">
      <header class="section-head">
        <h2 class="label">Export</h2>
        {busy && (
          <button type="button" class="link" onClick={() => exporter.cancel()}>
            Cancel
          </button>
        )}
      </header>
      <div class="acts">
        {offered.map(({ format, name, hint }) => (
          <button
            key={format}
            type="button"
            class="act"
            title={hint}
            disabled={busy !== null}
            onClick={() => void exporter.save(format, chosen, state.tags.list.peek())}
          >
            {busy?.format === format ? writing(busy.progress) : name}
          </button>
        ))}
      </div>
      {!exporter.can("parquet") && exporter.can("csv") && (
        <p class="note">Parquet needs the server that `terrella serve` starts.</p>
      )}
      {offered.length === 0 && <p class="note">This map carries no fields to export.</p>}
      {exporter.problem.value && (
        <p class="trouble" role="alert">
          {exporter.problem.value}
        </p>
      )}
    </section>
  );
}

function writing(progress: number | null): string {
  return progress === null ? "Writing …" : `${Math.round(100 * progress)} %`;
}
