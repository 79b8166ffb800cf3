/** Keeps the names on the map in step with what it shows. */

import { effect } from "@preact/signals";
import type { MapBundle } from "../bundle/index.ts";
import type { Coloring } from "../data/coloring.ts";
import type { Layout } from "../layers/layout.ts";
import type { ViewState } from "../state.ts";
import type { MapView } from "../view.ts";
import { LabelBoard, type Wording } from "./board.ts";
import type { LabelAnswer, LabelJob } from "./labels.worker.ts";
import { type Naming, namingFor, shortened } from "./names.ts";

/** Sprites of this many CSS pixels speak for themselves: names fade away until they are twice as large. */
const SPEAKING = 56;

export class Labels {
  private readonly board: LabelBoard;
  private worker: Worker | null = null;
  private naming: Naming | null = null;
  /** What the labels shown, or on their way, were placed for. */
  private placed: { layout: Layout; naming: Naming } | null = null;
  private arrived = false;
  private newest = 0;
  private disposed = false;
  private readonly endings: (() => void)[];

  constructor(
    private readonly bundle: MapBundle,
    private readonly state: ViewState,
    private readonly view: MapView,
    private readonly host: HTMLElement,
  ) {
    this.board = new LabelBoard(host);
    const follow = () => this.follow();
    this.endings = [
      effect(() => void this.name(state.coloring.value)),
      effect(() => this.word()),
      effect(() => {
        host.hidden = !state.look.labels.value;
        this.follow();
      }),
      () => void view.onFrame.delete(follow),
    ];
    view.onFrame.add(follow);
  }

  dispose(): void {
    this.disposed = true;
    for (const end of this.endings) end();
    this.worker?.terminate();
  }

  /** Texts in sight, the most important first. */
  get texts(): string[] {
    return this.state.look.labels.peek() ? this.board.texts : [];
  }

  /** Whether the labels of the layout shown are there. */
  get settled(): boolean {
    const { layout } = this.view;
    if (!this.naming || !this.state.look.labels.peek()) return true;
    return this.arrived && this.placed?.layout === layout && this.placed?.naming === this.naming;
  }

  private async name(coloring: Coloring | null): Promise<void> {
    if (!coloring) return;
    const naming = await namingFor(this.bundle, coloring).catch(() => null); // the map is whole without names
    if (this.state.coloring.peek() !== coloring || this.disposed) return;
    this.naming = naming;
    if (!naming) this.board.clear();
    this.word();
    this.follow();
  }

  /** Once a frame: place anew where another layout has come to rest, and move along with the camera. */
  private follow(): void {
    const { view, naming, state } = this;
    if (!state.look.labels.peek() || !naming) return;
    const { layout } = view;
    if (layout && (this.placed?.layout !== layout || this.placed.naming !== naming))
      this.place(layout, naming);
    const size = view.sight.spriteSize ?? 0;
    const near = Math.min(Math.max(2 - size / SPEAKING, 0), 1);
    this.board.fade(layout && this.arrived ? near : 0);
    if (layout) this.board.follow(view.camera, view.viewport);
  }

  private async place(layout: Layout, naming: Naming): Promise<void> {
    const stays = this.placed?.layout === layout && this.arrived; // other names at the same places may follow at once
    this.placed = { layout, naming };
    this.arrived = stays;
    const id = ++this.newest;
    const codes = await this.codesOf(naming);
    if (id !== this.newest || this.disposed) return;
    this.worker ??= this.start();
    const job: LabelJob = { id, layout, codes, widths: widthsOf(naming, this.host) };
    this.worker.postMessage(job);
  }

  private async codesOf(naming: Naming): Promise<Uint8Array | Uint16Array> {
    const { name } = naming.column;
    if (this.bundle.manifest.columns.some((column) => column.name === name))
      return (await this.bundle.values(name)) as Uint8Array | Uint16Array;
    return Uint16Array.from({ length: this.bundle.count }, (_, item) => naming.codeOf(item)); // −1 becomes 65,535
  }

  private start(): Worker {
    const worker = new Worker(new URL("./labels.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: { id, labels } }: MessageEvent<LabelAnswer>) => {
      if (id !== this.newest) return;
      this.board.set(labels);
      this.arrived = true;
      this.word();
      this.follow();
    };
    return worker;
  }

  /** Say the names in the theme's colours, those outside of what is isolated faintly. */
  private word(): void {
    const { naming, state } = this;
    const theme = state.theme.value;
    const isolated = state.isolated.value;
    if (!naming) return;
    const isolating = isolated.size > 0 && naming === state.coloring.peek();
    const wordings = naming.column.categories.map((name, code): [number, Wording] => {
      const [r, g, b] = naming.colorOf(code, theme);
      return [
        code,
        { text: shortened(name), color: `rgb(${r} ${g} ${b})`, lit: !isolating || isolated.has(code) },
      ];
    });
    this.board.word(new Map(wordings));
  }
}

/** Each name's width at a font size of 1 CSS pixel, in the host's font. */
function widthsOf({ column }: Naming, host: HTMLElement): Float32Array {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  const { fontFamily, fontWeight } = getComputedStyle(host);
  if (context) context.font = `${fontWeight} 100px ${fontFamily}`;
  const widthOf = (name: string) => (context ? context.measureText(name).width / 100 : 0.55 * name.length);
  return Float32Array.from(column.categories, (name) => widthOf(shortened(name)));
}
