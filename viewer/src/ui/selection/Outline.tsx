import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import type { Point } from "../../camera/camera.ts";
import type { Draft } from "../../selection/chooser.ts";
import type { MapView } from "../../view.ts";

/** What is being drawn over the map, and the brush's circle where the pointer is. */
export function Outline({ atlas: { view, state, selecting } }: { atlas: Atlas }) {
  const stroke = useRef<SVGPathElement>(null);
  const { draft } = selecting.chooser;
  const draw = () => drawDraft(stroke.current!, draft.peek(), view);
  useSignalEffect(() => {
    draft.value;
    draw();
  });
  useEffect(() => {
    view.onFrame.add(draw);
    return () => void view.onFrame.delete(draw);
  }, [view]);
  return (
    <svg class="outline" aria-hidden="true">
      <path ref={stroke} />
      {state.selection.tool.value === "brush" && <BrushCircle radius={state.selection.brush.value} />}
    </svg>
  );
}

function drawDraft(path: SVGPathElement, draft: Draft | null, view: MapView): void {
  if (!draft) {
    path.removeAttribute("d");
    return;
  }
  const points = draft.path.map((point) => view.screenAt(point));
  path.setAttribute("class", `${draft.tool} ${draft.mode}`);
  path.setAttribute("d", draft.tool === "box" ? boxPath(points) : linePath(points, draft.tool === "lasso"));
  path.style.strokeWidth = draft.tool === "brush" ? `${2 * draft.radius * view.camera.scale}px` : "";
}

function boxPath(points: readonly Point[]): string {
  const [a, b] = [points[0]!, points.at(-1)!];
  return `M${a.x} ${a.y}H${b.x}V${b.y}H${a.x}Z`;
}

function linePath(points: readonly Point[], closed: boolean): string {
  const text = points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
  return points.length === 1 ? `M${text}l0 .01` : `M${text}${closed ? "Z" : ""}`;
}

/** Follows the pointer by itself: a signal for each movement would draw the panels anew. */
function BrushCircle({ radius }: { radius: number }) {
  const circle = useRef<SVGCircleElement>(null);
  useEffect(() => {
    const canvas = document.querySelector("canvas#map")!;
    const follow = (event: Event) => {
      const { clientX, clientY, type } = event as PointerEvent;
      circle.current?.setAttribute("cx", String(clientX));
      circle.current?.setAttribute("cy", String(clientY));
      circle.current?.setAttribute("opacity", type === "pointerleave" ? "0" : "1");
    };
    const events = ["pointermove", "pointerdown", "pointerleave"];
    for (const type of events) canvas.addEventListener(type, follow, { passive: true });
    return () => {
      for (const type of events) canvas.removeEventListener(type, follow);
    };
  }, []);
  return <circle ref={circle} class="brush-circle" r={radius} opacity="0" />;
}
