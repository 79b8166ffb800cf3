import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** A context that comes back does so within a second or two. */
const PATIENCE_MS = 4000;

/** Says why the map is blank while the browser has taken the graphics device away. */
export function Lost() {
  const long = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      long.value = true;
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [long]);
  return (
    <div class="banner panel" role="status">
      <div>
        <strong>The graphics device was taken away</strong>
        <span>
          {long.value
            ? "It has not come back. Loading the page again keeps your view."
            : "The map is drawn anew in a moment."}
        </span>
      </div>
      {long.value && (
        <button type="button" class="deed" onClick={() => location.reload()}>
          Reload
        </button>
      )}
    </div>
  );
}
