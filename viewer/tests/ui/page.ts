import { type ComponentChild, render } from "preact";
import { act } from "preact/test-utils";
import { openMap } from "../../src/bundle/index.ts";
import { createState } from "../../src/state.ts";
import { type Change, diskFetch, GOLDEN } from "../bundle/disk.ts";

/** The golden map and its first view; `change` makes requests go wrong. */
export async function goldenMap(change?: Change) {
  const bundle = await openMap(GOLDEN, { fetch: diskFetch(change).fetch });
  return { bundle, manifest: bundle.manifest, state: createState(bundle.manifest, {}, "dark") };
}

/** Show something on an empty page. */
export async function show(child: ComponentChild): Promise<HTMLElement> {
  document.body.innerHTML = "<div id='panels'></div>";
  const panels = document.querySelector<HTMLElement>("#panels")!;
  await act(() => render(child, panels));
  return panels;
}

/** Let effects, timers and reads from the disk come to their end: wait until `done`, thirty seconds at most. */
export async function settle(done: () => unknown): Promise<void> {
  const end = Date.now() + 30_000;
  do await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
  while (!done() && Date.now() < end);
}

export async function click(
  element: Element | null | undefined,
  options: MouseEventInit = {},
): Promise<void> {
  await act(
    () =>
      void element!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...options })),
  );
}
