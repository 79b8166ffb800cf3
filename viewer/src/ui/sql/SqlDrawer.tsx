import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import { chartOf } from "../../sql/chart.ts";
import { SqlDesk } from "../../sql/desk.ts";
import { askSql, maskOf, type SqlAnswer } from "../../sql/server.ts";
import { firstQuery, quoted } from "../../sql/start.ts";
import { countOf, formatCount } from "../format.ts";
import { CloseIcon } from "../icons.tsx";
import { SqlChart } from "./SqlChart.tsx";
import { SqlTable } from "./SqlTable.tsx";

const LEAST_HEIGHT = 260;

/** Asks the dataset in SQL, below the map: the answer as a table or a chart, and its items chosen. */
export default function SqlDrawer({ atlas }: { atlas: Atlas }) {
  const { bundle, state, selecting } = atlas;
  const desk = useMemo(() => new SqlDesk((query, stop) => askSql(bundle.api!, query, stop)), [bundle]);
  const shape = useSignal<"table" | "chart">("table");
  useEffect(() => () => desk.cancel(), [desk]);
  const height = Math.min(
    Math.max(state.table.height.value, LEAST_HEIGHT),
    Math.max(LEAST_HEIGHT, Math.round(innerHeight * 0.7)),
  );
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.setProperty("--drawer", `${height}px`);
    return () => void style.removeProperty("--drawer");
  }, [height]);
  const answer = desk.answer.value;
  const choose = (selection: NonNullable<SqlAnswer["selection"]>) =>
    selecting.chooser.choose(maskOf(selection, bundle.count), "replace");
  return (
    <section class="sql-drawer panel" aria-label="SQL" style={{ height: `${height}px` }}>
      <Question atlas={atlas} desk={desk} />
      <div class="sql-answer">
        <header class="table-head">
          <p class={desk.problem.value ? "trouble" : "note"} role="status">
            {desk.problem.value || words(answer, desk.busy.value)}
          </p>
          {answer?.selection && (
            <button type="button" class="act" onClick={() => choose(answer.selection!)}>
              Choose {countOf(answer.selection.count, "item")}
            </button>
          )}
          {answer && chartOf(answer) && <Shape shape={shape} />}
          <button
            type="button"
            class="quiet"
            aria-label="Close SQL"
            title="Close (Shift B)"
            onClick={() => {
              state.sql.open.value = false;
            }}
          >
            <CloseIcon />
          </button>
        </header>
        {answer && <Result answer={answer} chart={shape.value === "chart"} />}
      </div>
    </section>
  );
}

function Result({ answer, chart }: { answer: SqlAnswer; chart: boolean }) {
  const drawn = useMemo(() => (chart ? chartOf(answer) : null), [answer, chart]);
  return drawn ? <SqlChart chart={drawn} /> : <SqlTable answer={answer} />;
}

function words(answer: SqlAnswer | null, busy: boolean): string {
  if (busy) return "Asking …";
  if (!answer) return "One SELECT over the table data. It only reads.";
  const { rows, count, truncated, seconds } = answer;
  const most = truncated && count > rows.length + 1 ? ` of ${formatCount(count)}` : "";
  const shown = truncated ? `The first ${formatCount(rows.length)}${most} rows` : countOf(rows.length, "row");
  return `${shown}, ${Math.max(1, Math.round(1000 * seconds))} ms`;
}

/** The field, and what runs it: Ctrl or ⌘ with Enter, too. */
function Question({ atlas: { bundle, state }, desk }: { atlas: Atlas; desk: SqlDesk }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useSignal<string | null>(null);
  const query = draft.value ?? state.sql.query.value ?? firstQuery(bundle.manifest);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const run = () => {
    state.sql.query.value = query;
    draft.value = null;
    void desk.run(query);
  };
  return (
    <form
      class="sql-question"
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <label class="label" for="sql-query">
        SQL
      </label>
      <textarea
        class="code-field"
        ref={field}
        id="sql-query"
        spellcheck={false}
        autocapitalize="off"
        value={query}
        aria-describedby="sql-columns"
        onInput={({ currentTarget }) => {
          draft.value = currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          run();
        }}
      />
      <footer>
        <p id="sql-columns" class="note">
          {columnWords(bundle.manifest)}
        </p>
        <button type="submit" class="deed chief" title="Run (Ctrl Enter)" disabled={query.trim() === ""}>
          Run
        </button>
      </footer>
    </form>
  );
}

function columnWords({ columns, fields, projections }: Atlas["bundle"]["manifest"]): string {
  const stored = fields.map(({ name }) => name);
  const added = columns.map(({ name }) => name).filter((name) => !stored.includes(name)); // topics, duplicates
  const positions = projections.flatMap(({ name }) => ["x", "y"].map((axis) => `${plain(name)}_${axis}`));
  return `data has ${[...stored, ...positions, ...added, "_row", "tags"].map(quoted).join(", ")}.`;
}

function plain(name: string): string {
  return name.replaceAll("-", "_");
}

function Shape({ shape }: { shape: { value: "table" | "chart" } }) {
  return (
    <fieldset class="segments small" aria-label="Answer as">
      {(["table", "chart"] as const).map((one) => (
        <label key={one} class="segment">
          <input
            type="radio"
            name="sql-shape"
            checked={shape.value === one}
            onChange={() => {
              shape.value = one;
            }}
          />
          <span>{one === "table" ? "Table" : "Chart"}</span>
        </label>
      ))}
    </fieldset>
  );
}
