import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { countOf, formatCount } from "./format.ts";
import { Globe } from "./Globe.tsx";

/** A reader who has waited this long deserves a word. */
const SLOW_MS = 6000;

interface Props {
  loaded: number;
  /** Null while the map's manifest is on its way. */
  count: number | null;
}

/** A thin line along the top while items arrive, and words once it takes long. */
export function Progress(props: Props) {
  return props.count !== null && props.loaded >= props.count ? null : <Loading {...props} />;
}

function Loading({ loaded, count }: Props) {
  const slow = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      slow.value = true;
    }, SLOW_MS);
    return () => clearTimeout(timer);
  }, [slow]);
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
      </div>
      {!known && (
        <div class="opening">
          <Globe turning />
          <p>{text}…</p>
          {slow.value && <p class="opening-slow">The connection is slow. Nothing needs to be done.</p>}
        </div>
      )}
      {known && slow.value && (
        <p class="slow" role="status">
          {formatCount(loaded)} of {countOf(count, "item")} are here; the rest is on its way. You can look
          around.
        </p>
      )}
    </section>
  );
}
