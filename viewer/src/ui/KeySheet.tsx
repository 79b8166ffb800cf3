import { useLayoutEffect, useRef } from "preact/hooks";
import type { Manifest } from "../bundle/index.ts";
import type { ViewState } from "../state.ts";
import { CloseIcon } from "./icons.tsx";

interface Props {
  manifest: Manifest;
  state: ViewState;
}

function keysOf({ projections, sprites }: Manifest): [keys: string[], what: string][] {
  const last = Math.min(9, projections.length);
  return [
    [["←", "→", "↑", "↓"], "Move"],
    [["+", "−"], "Zoom"],
    [["0", "Home"], "Whole map"],
    ...(last > 1
      ? [[["1", ...(last > 2 ? ["…"] : []), String(last)], "Projection"] as [string[], string]]
      : []),
    [["C"], "Colour by the next column"],
    [["T"], "Dark or light"],
    ...(projections.some(({ quality }) => quality)
      ? [[["Q"], "Fold or unfold the quality"] as [string[], string]]
      : []),
    ...(sprites?.ink ? [[["S"], "Images as ink or tiles"] as [string[], string]] : []),
    [["Click"], "Pin an item"],
    [["Enter"], "Pin the item in the middle"],
    [["Shift", "Click"], "Isolate one more category"],
    [["Esc"], "Unpin, then show all"],
    [["?"], "This sheet"],
  ];
}

/** All keys on one sheet. */
export function KeySheet({ manifest, state }: Props) {
  return state.keysShown.value ? <Sheet manifest={manifest} state={state} /> : null;
}

function Sheet({ manifest, state }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => {
    state.keysShown.value = false;
  };
  useLayoutEffect(() => {
    const opened = dialog.current!;
    opened.showModal();
    return () => opened.close(); // gives the focus back
  }, []);
  return (
    <dialog ref={dialog} class="key-sheet panel" aria-label="Keyboard" onClose={close}>
      <header class="details-head">
        <h2>Keyboard</h2>
        <button type="button" class="quiet" onClick={close} aria-label="Close">
          <CloseIcon />
        </button>
      </header>
      <dl class="keys">
        {keysOf(manifest).map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (key === "…" ? <span key={key}>…</span> : <kbd key={key}>{key}</kbd>))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
