import { useRef, useState } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import { BY_TAG } from "../../data/extras.ts";
import { countOf, type Mask } from "../../data/mask.ts";
import { cssOf } from "../../data/oklab.ts";
import { categoryColor, PALETTE_SIZE } from "../../data/palette.ts";
import { form } from "../../language/said.ts";
import { download } from "../../selection/export.ts";
import { changeTag, LONGEST_NAME, removeTag, type Tag, tagItems, tidyName } from "../../state/tags.ts";
import { colorBy, type ViewState } from "../../state.ts";
import { countOf as counted, formatCount } from "../format.ts";
import { CloseIcon } from "../icons.tsx";

/** Give what is chosen a name. */
export function TagBox({ atlas: { state }, chosen, count }: { atlas: Atlas; chosen: Mask; count: number }) {
  const [name, setName] = useState("");
  const known = state.tags.list.value.some((tag) => tag.name === tidyName(name));
  return (
    <form
      class="tag-box"
      onSubmit={(event) => {
        event.preventDefault();
        tagItems(state.tags, name, chosen);
        setName("");
      }}
    >
      <input
        id="tag-name"
        class="find"
        type="text"
        autocomplete="off"
        maxLength={LONGEST_NAME}
        list="tag-names"
        placeholder={`Tag ${count === 1 ? "this item" : `these ${formatCount(count)}`} as …`}
        aria-label={`Tag ${counted(count, "item")} as`}
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          event.currentTarget.blur();
        }}
      />
      <datalist id="tag-names">
        {state.tags.list.value.map((tag) => (
          <option key={tag.name} value={tag.name} />
        ))}
      </datalist>
      <button type="submit" class="act" disabled={tidyName(name) === ""}>
        {known ? "Add" : "Tag"}
      </button>
    </form>
  );
}

/** All tags: a click chooses a tag's items, with Shift adds them, with Alt takes them away. */
export function TagList({ atlas }: { atlas: Atlas }) {
  const { state } = atlas;
  const tags = state.tags.list.value;
  return (
    <section class="tags" aria-label="Tags">
      <header class="section-head">
        <h2 class="label">Tags</h2>
        {tags.length > 0 && state.color.value !== BY_TAG && (
          <button type="button" class="link" onClick={() => colorBy(state, BY_TAG)}>
            Colour by tag
          </button>
        )}
        <TagFiles atlas={atlas} />
      </header>
      {tags.length === 0 && <p class="note">A tag keeps a selection under a name. None yet.</p>}
      <ul class="entries">
        {tags.map((tag) => (
          <TagEntry key={tag.name} tag={tag} atlas={atlas} />
        ))}
      </ul>
      {state.tags.problem.value && (
        <p class="trouble" role="alert">
          {state.tags.problem.value}
        </p>
      )}
    </section>
  );
}

function TagEntry({ tag, atlas }: { tag: Tag; atlas: Atlas }) {
  const { state, selecting } = atlas;
  const [editing, setEditing] = useState(false);
  const chosen = state.chosen.value;
  const count = countOf(tag.items);
  if (editing) return <TagEditor tag={tag} state={state} onDone={() => setEditing(false)} />;
  return (
    <li class="tag-entry">
      <button
        type="button"
        class="entry"
        aria-label={`Choose the ${counted(count, "item")} tagged ${tag.name}`}
        title="Choose its items; Shift adds them, Alt takes them away"
        onClick={({ shiftKey, altKey }) =>
          selecting.chooser.choose(
            tag.items,
            shiftKey ? "add" : altKey ? "subtract" : "replace",
            form({ tag: tag.name }),
          )
        }
      >
        <span class="swatch" style={{ background: tagColor(tag.color, state) }} aria-hidden="true" />
        <span class="entry-name">{tag.name}</span>
        <span class="entry-count">{formatCount(count)}</span>
      </button>
      <div class="tag-acts">
        {chosen && (
          <>
            <button
              type="button"
              class="quiet small"
              aria-label={`Tag what is chosen as ${tag.name}`}
              title="Add what is chosen"
              onClick={() => tagItems(state.tags, tag.name, chosen, "add")}
            >
              +
            </button>
            <button
              type="button"
              class="quiet small"
              aria-label={`Take what is chosen out of ${tag.name}`}
              title="Take out what is chosen"
              onClick={() => tagItems(state.tags, tag.name, chosen, "subtract")}
            >
              −
            </button>
          </>
        )}
        <button
          type="button"
          class="quiet small"
          aria-label={`Change the tag ${tag.name}`}
          title="Name, colour, delete"
          onClick={() => setEditing(true)}
        >
          …
        </button>
      </div>
    </li>
  );
}

function TagEditor({ tag, state, onDone }: { tag: Tag; state: ViewState; onDone: () => void }) {
  const [name, setName] = useState(tag.name);
  const [taken, setTaken] = useState(false);
  return (
    <li class="tag-editor">
      <form
        class="tag-box"
        onSubmit={(event) => {
          event.preventDefault();
          if (changeTag(state.tags, tag.name, { name })) onDone();
          else setTaken(true);
        }}
      >
        <input
          class="find"
          type="text"
          maxLength={LONGEST_NAME}
          aria-label={`Name of the tag ${tag.name}`}
          aria-invalid={taken}
          value={name}
          onInput={({ currentTarget }) => {
            setName(currentTarget.value);
            setTaken(false);
          }}
        />
        <button type="submit" class="act">
          Done
        </button>
        <button
          type="button"
          class="quiet"
          aria-label={`Delete the tag ${tag.name}`}
          title="Delete (Ctrl Z brings it back)"
          onClick={() => removeTag(state.tags, tag.name)}
        >
          <CloseIcon />
        </button>
      </form>
      {taken && <p class="trouble">Another tag has this name, or it is empty.</p>}
      <fieldset class="tag-colors" aria-label="Colour">
        {Array.from({ length: PALETTE_SIZE }, (_, color) => (
          <label key={color} style={{ background: tagColor(color, state) }}>
            <input
              type="radio"
              name={`color-of-${tag.name}`}
              aria-label={`Colour ${color + 1}`}
              checked={color === tag.color}
              onChange={() => changeTag(state.tags, tag.name, { color })}
            />
          </label>
        ))}
      </fieldset>
    </li>
  );
}

function tagColor(place: number, state: ViewState): string {
  return cssOf(categoryColor(place, state.theme.value, state.colors.dress.value.palette));
}

/** Tags as files: to another map of the same data, another machine, another person. */
function TagFiles({ atlas: { bundle, state, selecting } }: { atlas: Atlas }) {
  const input = useRef<HTMLInputElement>(null);
  const { tagKeeper } = selecting;
  const read = async (file: File) => {
    try {
      state.tags.problem.value = "";
      await tagKeeper.read(await file.text());
    } catch (error) {
      state.tags.problem.value = (error as Error).message;
    }
  };
  return (
    <>
      {state.tags.list.value.length > 0 && (
        <button
          type="button"
          class="link"
          title="Save the tags as a file"
          onClick={async () => download(await tagKeeper.file(), `${bundle.manifest.name}-tags.json`)}
        >
          Save
        </button>
      )}
      <button type="button" class="link" title="Read tags from a file" onClick={() => input.current!.click()}>
        Open
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="File of tags"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) void read(file);
          currentTarget.value = "";
        }}
      />
    </>
  );
}
