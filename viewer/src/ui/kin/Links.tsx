import { useLayoutEffect, useRef } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import { kinOf } from "../../state/kin.ts";

/** Thin lines over the map from the pinned item to its kin; they follow the map frame by frame. */
export function Links({ atlas }: { atlas: Atlas }) {
  const { state, view } = atlas;
  const item = state.selected.value;
  const others = kinOf(state.kin, item)?.ranked.items ?? null;
  const pointed = state.kin.pointed.value;
  const lines = useRef<SVGPathElement>(null);
  const strong = useRef<SVGPathElement>(null);
  useLayoutEffect(() => {
    if (item === null || !others) return undefined;
    const draw = () => {
      const aimed = pointed !== null && others.includes(pointed) ? [pointed] : [];
      lines.current?.setAttribute("d", pathTo(view, item, others));
      strong.current?.setAttribute("d", pathTo(view, item, aimed));
    };
    draw();
    view.onFrame.add(draw);
    return () => {
      view.onFrame.delete(draw);
    };
  }, [view, item, others, pointed]);
  if (item === null || !others) return null;
  return (
    <svg class="links" aria-hidden="true" data-testid="links">
      <path ref={lines} />
      <path ref={strong} class="strong" />
    </svg>
  );
}

function pathTo(view: Atlas["view"], item: number, others: readonly number[]): string {
  const from = view.sight.screenOf(item);
  if (!from) return "";
  const start = `M${from.x.toFixed(1)} ${from.y.toFixed(1)}`;
  return others
    .map((other) => view.sight.screenOf(other))
    .map((to) => (to ? `${start}L${to.x.toFixed(1)} ${to.y.toFixed(1)}` : ""))
    .join("");
}
