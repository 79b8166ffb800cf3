import { useEffect } from "preact/hooks";
import type { Reach } from "../../state/reach.ts";

const RETRY_MS = 4000;

/** Says that nothing more comes for now, and that what is here stays. */
export function Away({ reach }: { reach: Reach }) {
  if (reach.remade.value) return <Remade />;
  return reach.away.value ? <Waiting ask={reach.ask} /> : null;
}

function Waiting({ ask }: { ask: () => Promise<void> }) {
  useEffect(() => {
    const timer = setInterval(() => void ask(), RETRY_MS);
    return () => clearInterval(timer);
  }, [ask]);
  return (
    <div class="banner panel" role="status">
      <div>
        <strong>{navigator.onLine ? "The map’s server is silent" : "You are offline"}</strong>
        <span>What is here stays and can be explored. The rest comes when the connection is back.</span>
      </div>
      <button type="button" class="deed" onClick={() => void ask()}>
        Try now
      </button>
    </div>
  );
}

function Remade() {
  return (
    <div class="banner panel" role="status">
      <div>
        <strong>This map has been made anew</strong>
        <span>The page still shows the one before.</span>
      </div>
      <button type="button" class="deed" onClick={() => location.reload()}>
        Load it
      </button>
    </div>
  );
}
