import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import { download } from "../../selection/export.ts";
import { addressOf } from "../../sql/server.ts";
import { countOf } from "../format.ts";
import { say } from "../notice.ts";

/** A link that holds a longer selection would not survive being sent. */
const LONGEST_LINK = 6000;
const MOST_SHOWN = 100_000;

/** The choice as a selection in JSON, to take along and to bring in. */
export function InWords({ atlas, something }: { atlas: Atlas; something: boolean }) {
  const { wording } = atlas.selecting;
  const opening = useSignal(false);
  const copy = async () => {
    opening.value = false;
    const text = await wording.write();
    if (text !== null) await toClipboard(atlas, text, "The selection is on the clipboard.");
  };
  return (
    <section class="in-words" aria-label="Selection as JSON">
      <header class="section-head">
        <h2 class="label">As JSON</h2>
      </header>
      <div class="acts">
        {something && (
          <button
            type="button"
            class="act"
            title="For dataset.select in Python and for the server"
            disabled={wording.busy.value}
            onClick={() => void copy()}
          >
            Copy as selection
          </button>
        )}
        <button
          type="button"
          class="act"
          aria-label="Open a selection"
          title="Choose what a selection in JSON means"
          aria-expanded={opening.value}
          onClick={() => {
            opening.value = !opening.value;
            wording.written.value = null;
            wording.problem.value = "";
          }}
        >
          Open …
        </button>
      </div>
      {opening.value && <Opening atlas={atlas} onDone={() => (opening.value = false)} />}
      {!opening.value && something && <Written atlas={atlas} />}
      {wording.problem.value && (
        <p class="trouble" role="alert">
          {wording.problem.value}
        </p>
      )}
    </section>
  );
}

function Written({ atlas }: { atlas: Atlas }) {
  const { bundle, selecting } = atlas;
  const written = selecting.wording.written.value;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: "nearest" }), [written]);
  if (!written) return null;
  const { text, note } = written;
  const { name } = bundle.manifest;
  const link = linkOf(text);
  return (
    <div class="written" ref={place}>
      <textarea
        class="code-field"
        readOnly
        rows={4}
        spellcheck={false}
        aria-label="The selection"
        value={shortened(text)}
      />
      <p class="note">
        {note} In Python <code>dataset.select(…)</code> takes it
        {bundle.api && (
          <>
            , over HTTP <code>POST {addressOf(bundle.api, "select").url.pathname}</code>
          </>
        )}
        .
      </p>
      <div class="written-acts">
        {link.length <= LONGEST_LINK && (
          <button
            type="button"
            class="link"
            onClick={() => void toClipboard(atlas, link, "The link is on the clipboard.")}
          >
            Copy as a link
          </button>
        )}
        <button type="button" class="link" onClick={() => download(fileOf(text), `${name}-selection.json`)}>
          Save
        </button>
      </div>
    </div>
  );
}

function Opening({ atlas, onDone }: { atlas: Atlas; onDone: () => void }) {
  const { selecting, state } = atlas;
  const text = useSignal("");
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.scrollIntoView({ block: "nearest" });
    form.current?.querySelector("textarea")?.focus({ preventScroll: true });
  }, []);
  const open = async () => {
    const count = await selecting.wording.open(text.value);
    if (count === null) return;
    onDone();
    const passing = state.passing.peek();
    const chosen = state.chosen.peek();
    const lit =
      passing && chosen ? chosen.reduce((sum, mark, item) => sum + (mark & passing[item]!), 0) : count;
    say(
      atlas,
      lit < count
        ? `${countOf(count, "item")} chosen; filters dim some.`
        : `${countOf(count, "item")} chosen.`,
    );
  };
  return (
    <form
      ref={form}
      class="in-words-open"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <label class="note" for={id}>
        Paste a selection, as docs/search.md describes them.
      </label>
      <textarea
        class="code-field"
        id={id}
        rows={4}
        spellcheck={false}
        autocapitalize="off"
        placeholder={'{"all": [{"search": {"text": "refund"}}, {"not": {"tag": "checked"}}]}'}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void open();
        }}
      />
      <button
        type="submit"
        class="act"
        title="Open (Ctrl Enter)"
        disabled={text.value.trim() === "" || selecting.wording.busy.value}
      >
        Choose what it means
      </button>
    </form>
  );
}

/** As much of a text as a field can show without a stop. */
function shortened(text: string): string {
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}

function fileOf(text: string): Blob {
  return new Blob([text], { type: "application/json" });
}

/** The page's address with the selection in the place of its own view. */
function linkOf(text: string): string {
  return `${location.href.split("#")[0]}#${new URLSearchParams({ select: text })}`;
}

async function toClipboard(atlas: Atlas, text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(atlas, done);
  } catch {
    say(atlas, "The browser keeps its clipboard shut; the text can be copied from the field.");
  }
}
