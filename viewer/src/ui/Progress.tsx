import { countOf } from "./format.ts";

/** A thin line along the top while items arrive; without a count it only says that something is on its way. */
export function Progress({ loaded, count }: { loaded: number; count: number | null }) {
  if (count !== null && loaded >= count) return null;
  const known = count !== null && loaded > 0;
  const text = known ? `Loading ${countOf(count, "item")}` : "Opening the map";
  return (
    <section aria-label="Loading">
      <div
        class={known ? "progress" : "progress waiting"}
        role="progressbar"
        aria-label={text}
        aria-valuemin={0}
        aria-valuemax={count ?? 1}
        {...(known ? { "aria-valuenow": loaded } : {})}
      >
        <div class="progress-line" style={known ? { transform: `scaleX(${loaded / count})` } : {}} />
        {!known && <p class="progress-text">{text}…</p>}
      </div>
    </section>
  );
}
