import { useEffect, useRef, useState } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import { type Query, vectorOf } from "../../find/query.ts";
import type { SearchMode } from "../../state/search.ts";
import { CloseIcon, ImageIcon, SearchIcon } from "../icons.tsx";
import { say } from "../notice.ts";
import { wide } from "../wide.ts";
import { useAbilities } from "./abilities.ts";
import { FieldChoice } from "./FieldChoice.tsx";
import { focusSearch, SEARCH_FIELD } from "./focus.ts";
import { searchByImage } from "./image.ts";

/** A text is searched for once the reader pauses. */
const PAUSE_MS = 250;

const MODES: readonly { mode: SearchMode; title: string; ability: string | null; hint: string }[] = [
  { mode: "text", title: "Text", ability: null, hint: "Find text or /pattern/" },
  { mode: "words", title: "Alike", ability: "search-text", hint: "Words that texts are like" },
  { mode: "vector", title: "Vector", ability: "search-vector", hint: "0.1, −0.4, 2e−3, …" },
];

/** The search field: for a part of a text, and where the server is there, for words, a vector or an image. */
export function SearchBox({ atlas }: { atlas: Atlas }) {
  const { state, server } = atlas;
  const { open, query, mode } = state.search;
  const abilities = useAbilities(server);
  if (!wide.value && !open.value && !query.value) return <Opener atlas={atlas} />;
  const modes = MODES.filter(({ ability }) => ability === null || abilities.has(ability));
  const current = modes.find((one) => one.mode === mode.value) ?? modes[0]!;
  return (
    <search class="search panel">
      <Field
        key={current.mode}
        atlas={atlas}
        mode={current.mode}
        hint={current.hint}
        images={abilities.has("search-image")}
      />
      {current.mode === "text" && query.value?.by === "text" && (
        <FieldChoice manifest={atlas.bundle.manifest} search={state.search} />
      )}
      {modes.length > 1 && (
        <fieldset class="segments small search-modes">
          <legend class="unseen">Search by</legend>
          {modes.map(({ mode: one, title }) => (
            <label key={one} class="segment">
              <input
                type="radio"
                name="search-mode"
                checked={one === current.mode}
                onChange={() => {
                  mode.value = one;
                }}
              />
              <span>{title}</span>
            </label>
          ))}
        </fieldset>
      )}
    </search>
  );
}

function Opener({ atlas }: { atlas: Atlas }) {
  return (
    <button
      type="button"
      class="search-opener panel"
      aria-label="Search"
      onClick={() => focusSearch(atlas.state)}
    >
      <SearchIcon />
    </button>
  );
}

interface FieldProps {
  atlas: Atlas;
  mode: SearchMode;
  hint: string;
  images: boolean;
}

function Field({ atlas, mode, hint, images }: FieldProps) {
  const { state } = atlas;
  const { query } = state.search;
  const asked = query.value;
  const [text, setText] = useState(() => textOf(asked, mode));
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    const shown = textOf(asked, mode);
    if (shown.trim() !== text.trim()) setText(shown);
    return () => clearTimeout(timer.current);
  }, [asked, mode]);
  const search = (typed: string) => {
    clearTimeout(timer.current);
    const next = queryOf(typed, mode);
    if (next === "unclear") say(atlas, "A vector is a list of numbers, such as 0.1, -0.4, 2e-3.");
    else if (JSON.stringify(next) !== JSON.stringify(query.peek())) query.value = next;
  };
  const type = (typed: string) => {
    setText(typed);
    clearTimeout(timer.current);
    if (mode === "text" || typed === "") timer.current = setTimeout(() => search(typed), PAUSE_MS);
  };
  const clear = () => {
    setText("");
    query.value = null;
    state.search.open.value = false;
  };
  return (
    <form
      class="search-line"
      onSubmit={(event) => {
        event.preventDefault();
        search(text);
      }}
    >
      <SearchIcon />
      <input
        id={SEARCH_FIELD}
        type="text"
        inputMode="search"
        enterkeyhint="search"
        autocomplete="off"
        spellcheck={false}
        aria-label={hint}
        placeholder={hint}
        title="Search (/)"
        value={text}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          if (text !== "") clear();
          else event.currentTarget.blur();
        }}
      />
      {(text !== "" || asked || !wide.value) && (
        <button type="button" class="quiet" aria-label="Clear the search" title="Clear (Esc)" onClick={clear}>
          <CloseIcon />
        </button>
      )}
      {images && <ImageButton atlas={atlas} />}
    </form>
  );
}

function ImageButton({ atlas }: { atlas: Atlas }) {
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="quiet"
        aria-label="Search by an image"
        title="Search by an image; or drop or paste one"
        onClick={() => file.current!.click()}
      >
        <ImageIcon />
      </button>
      <input
        ref={file}
        type="file"
        accept="image/*"
        hidden
        data-testid="search-image"
        onChange={({ currentTarget }) => {
          const [image] = currentTarget.files ?? [];
          if (image) void searchByImage(atlas, image);
          currentTarget.value = "";
        }}
      />
    </>
  );
}

/** What the field shows for a search that it could have started. */
function textOf(query: Query | null, mode: SearchMode): string {
  if (query?.by !== mode) return "";
  if (query.by === "vector") return query.title ? "" : query.vector.join(", ");
  return (query as { text: string }).text;
}

function queryOf(typed: string, mode: SearchMode): Query | null | "unclear" {
  const text = typed.trim();
  if (text === "") return null;
  if (mode !== "vector") return { by: mode, text };
  const vector = vectorOf(text);
  return vector ? { by: "vector", vector, title: null } : "unclear";
}
