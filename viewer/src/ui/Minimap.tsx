import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Atlas } from "../app.ts";
import { visibleBox } from "../camera/camera.ts";
import { enlargementOf } from "../enlarged.ts";
import type { Layout } from "../layers/layout.ts";
import { type Chart, chartOf, drawChart, fromChart, onChart, PICTURED } from "../minimap/picture.ts";
import { softContext } from "./soft.ts";

/** CSS pixels. */
const MOST = { width: 168, height: 124 };
/** It is there from this many times home's scale on. */
const NEAR = 1.5;

/** The whole map in small while one looks at a part of it: where one is, and a way to go elsewhere. */
export function Minimap({ atlas }: { atlas: Atlas }) {
  const near = useSignal(false);
  const { view, state } = atlas;
  useEffect(() => {
    const follow = (slid: boolean) => {
      if (!slid) near.value = view.camera.scale > NEAR * view.homeCamera.scale && view.homeBox !== null;
    };
    follow(false);
    view.onFrame.add(follow);
    return () => void view.onFrame.delete(follow);
  }, [view, near]);
  return near.value && state.minimap.value ? <Overview atlas={atlas} /> : null;
}

function Overview({ atlas }: { atlas: Atlas }) {
  const { view, steering } = atlas;
  const button = useRef<HTMLButtonElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const window_ = useRef<HTMLElement>(null);
  const chart = useRef<Chart | null>(null);
  // Before it is painted: it never shows empty.
  useLayoutEffect(() => {
    let drawn: { layout: Layout; restyled: number } | null = null;
    const follow = () => {
      if (!canvas.current || !window_.current) return; // about to go
      const { layout, restyled } = view;
      if (layout && (drawn?.layout !== layout || drawn.restyled !== restyled)) {
        drawn = { layout, restyled };
        chart.current = paint(atlas, layout, canvas.current);
      }
      if (chart.current) place(window_.current, chart.current, atlas);
    };
    follow();
    view.onFrame.add(follow);
    return () => void view.onFrame.delete(follow);
  }, [atlas, view]);
  const go = (event: PointerEvent) => {
    if (event.buttons !== 1 || !chart.current) return;
    const { left, top } = canvas.current!.getBoundingClientRect();
    steering.lookAt(fromChart(chart.current, { x: event.clientX - left, y: event.clientY - top }));
  };
  return (
    <button
      ref={button}
      type="button"
      class="minimap panel"
      data-testid="minimap"
      aria-label="Overview of the whole map; press Enter to see all of it"
      title="Overview: click or drag to look elsewhere (H hides it)"
      onPointerDown={(event) => {
        button.current!.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
      onClick={(event) => {
        if (event.detail === 0) steering.home(); // by a key: the pointer has done its work already
      }}
    >
      <canvas ref={canvas} />
      <i ref={window_} class="minimap-window" />
    </button>
  );
}

/** Draw the layout's first items; returns how they lie. */
function paint({ view }: Atlas, layout: Layout, canvas: HTMLCanvasElement): Chart {
  const { panels } = enlargementOf(innerWidth);
  const chart = chartOf(view.homeBox!, { width: MOST.width * panels, height: MOST.height * panels });
  const ratio = Math.min(devicePixelRatio, 2);
  const count = Math.min(layout.cells.length / 2, PICTURED);
  const words = view.wordsOf(Uint32Array.from({ length: count }, (_, item) => item));
  const picture = drawChart(layout, words, chart, ratio);
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.style.width = `${chart.width}px`;
  canvas.style.height = `${chart.height}px`;
  softContext(canvas)!.putImageData(picture, 0, 0);
  return chart;
}

/** Put the frame around what the map shows, as far as the picture reaches. */
function place(element: HTMLElement, chart: Chart, { view }: Atlas): void {
  const box = visibleBox(view.camera, view.viewport);
  const low = onChart(chart, { x: box.minX, y: box.maxY });
  const high = onChart(chart, { x: box.maxX, y: box.minY });
  const [left, right] = [clamp(low.x, chart.width), clamp(high.x, chart.width)];
  const [top, bottom] = [clamp(low.y, chart.height), clamp(high.y, chart.height)];
  const width = Math.max(right - left, 5);
  const height = Math.max(bottom - top, 5);
  element.style.transform = `translate(${Math.min(left, chart.width - width)}px, ${Math.min(top, chart.height - height)}px)`;
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
