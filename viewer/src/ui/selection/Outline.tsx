import { type Signal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import type { Point } from "../../camera/camera.ts";
import type { Draft } from "../../selection/chooser.ts";
import type { MapView } from "../../view.ts";

/** What is being drawn over the maps, and the brush's circle where the pointer is. */
export function Outline({ atlas: { view, state, selecting, beside } }: { atlas: Atlas }) {
  const second = beside.value;
  return (
    <svg class="outline" aria-hidden="true">
      <Stroke draft={selecting.chooser.draft} view={view} />
      {second && <Stroke draft={second.chooser.draft} view={second.view} />}
      {state.selection.tool.value === "brush" && <BrushCircle radius={state.selection.brush.value} />}
    </svg>
  );
}

/** The stroke on one map, which moves along with it. */
function Stroke({ draft, view }: { draft: Signal<Draft | null>; view: MapView }) {
  const path = useRef<SVGPathElement>(null);
  const drawn = useRef(false);
  const draw = () => {
    if (draft.peek() || drawn.current) drawDraft(path.current!, draft.peek(), view);
    drawn.current = draft.peek() !== null;
  };
  useSignalEffect(() => {
    draft.value;
    draw();
  });
  useEffect(() => {
    view.onFrame.add(draw);
    return () => void view.onFrame.delete(draw);
  }, [view]);
  return <path ref={path} />;
}

function drawDraft(path: SVGPathElement, draft: Draft | null, view: MapView): void {
  if (!draft) {
    path.removeAttribute("d");
    return;
  }
  const { sight, corner } = view;
  const points = draft.path.map((point) => sight.screenAt(point));
  path.setAttribute("class", `${draft.tool} ${draft.mode}`);
  path.setAttribute("transform", `translate(${corner.x} ${corner.y})`);
  path.setAttribute("d", draft.tool === "box" ? boxPath(points) : linePath(points, draft.tool === "lasso"));
  path.style.strokeWidth = draft.tool === "brush" ? `${2 * draft.radius * sight.camera.scale}px` : "";
}

function boxPath(points: readonly Point[]): string {
  const [a, b] = [points[0]!, points.at(-1)!];
  return `M${a.x} ${a.y}H${b.x}V${b.y}H${a.x}Z`;
}

function linePath(points: readonly Point[], closed: boolean): string {
  const text = points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
  return points.length === 1 ? `M${text}l0 .01` : `M${text}${closed ? "Z" : ""}`;
}

/** Follows the pointer by itself, over either map: a signal for each movement would draw the panels anew. */
function BrushCircle({ radius }: { radius: number }) {
  const circle = useRef<SVGCircleElement>(null);
  useEffect(() => {
    const follow = ({ clientX, clientY, target, type }: PointerEvent) => {
      const over = type !== "pointerout" && target instanceof Element && target.matches(".map > canvas");
      circle.current?.setAttribute("cx", String(clientX));
      circle.current?.setAttribute("cy", String(clientY));
      circle.current?.setAttribute("opacity", over ? "1" : "0");
    };
    const events = ["pointermove", "pointerdown", "pointerout"] as const;
    for (const type of events) addEventListener(type, follow, { passive: true });
    return () => {
      for (const type of events) removeEventListener(type, follow);
    };
  }, []);
  return <circle ref={circle} class="brush-circle" r={radius} opacity="0" />;
}
