/** Keeps the names on the map in step with what it shows. */

import { effect } from "@preact/signals";
import type { MapBundle, Topic } from "../bundle/index.ts";
import type { Point, Viewport } from "../camera/camera.ts";
import type { Coloring } from "../data/coloring.ts";
import { enlargementOf } from "../enlarged.ts";
import type { Ground } from "../interaction/pick.ts";
import { type Layout, parcelOf } from "../layers/layout.ts";
import type { ViewState } from "../state.ts";
import type { MapView, Names } from "../view.ts";
import { LabelBoard, type Wording } from "./board.ts";
import type { Label, LabelAnswer, LabelJob } from "./labels.worker.ts";
import { codeOnLevel, type NamedTopics, type Naming, namingFor, shortened, topicName } from "./names.ts";
import { isLit, isPicked, isTopicLit, type Meaning, pickName } from "./pick.ts";
import { topicLabels } from "./topics.ts";

/** Sprites of this many CSS pixels speak for themselves: names fade away until they are twice as large. */
const SPEAKING = 56;
/** Letters stand apart by this, of their size: the style sheet says the same. */
const SPACED = 0.015;
/** Log factor by which the view may grow or shrink before topics' magnifications are taken anew. */
const RESIZED = 0.2;

export class Labels implements Names {
  private readonly board: LabelBoard;
  private worker: Worker | null = null;
  private naming: Naming | null = null;
  /** What the labels shown, or on their way, were placed for. */
  private placed: { layout: Layout; naming: Naming } | null = null;
  /** CSS pixels per map unit that magnification 1 was taken for. */
  private whole = 0;
  /** Factor on the names' sizes that they were placed with. */
  private larger = 1;
  /** The view that the factor of now was asked for, and that. */
  private sized: { viewport: Viewport; larger: number } | null = null;
  private arrived = false;
  /** Whether the names go along with the camera. */
  private following = false;
  private newest = 0;
  private disposed = false;
  private readonly endings: (() => void)[];

  constructor(
    private readonly bundle: MapBundle,
    private readonly state: ViewState,
    private readonly view: MapView,
    private readonly host: HTMLElement,
  ) {
    this.board = new LabelBoard(host, (code, add) => this.pick(code, add));
    const follow = (slid: boolean) => this.follow(slid);
    this.endings = [
      effect(() => void this.name(state.coloring.value)),
      effect(() => this.word()),
      effect(() => {
        host.hidden = !state.look.labels.value;
        this.follow();
      }),
      () => void view.onFrame.delete(follow),
      () => this.board.dispose(),
    ];
    view.onFrame.add(follow);
  }

  dispose(): void {
    this.disposed = true;
    for (const end of this.endings) end();
    this.worker?.terminate();
  }

  pickAt(at: Point, ground: Ground, add: boolean): boolean {
    const code = this.state.selection.tool.peek() === "move" ? this.board.codeAt(at, ground) : null;
    if (code === null) return false;
    this.pick(code, add);
    return true;
  }

  point(at: Point | null, ground: Ground): boolean {
    return this.board.point(this.state.selection.tool.peek() === "move" ? at : null, ground);
  }

  private pick(code: number, add: boolean): void {
    const meaning = this.meaningOf(code);
    if (meaning) pickName(this.state, meaning, this.bundle.manifest.topics?.columns ?? [], add);
  }

  /** What a label stands for: a topic of its level, or a category. */
  private meaningOf(code: number): Meaning | null {
    const { naming, placed } = this;
    if (!naming || !placed) return null;
    const topics = topicsOn(placed.layout, naming);
    if (!topics) return { column: naming.categories.column.name, code };
    const topic = topics.list[code];
    return topic ? this.meaningOfTopic(topic, topics.list) : null;
  }

  private meaningOfTopic({ id, depth }: Topic, list: readonly Topic[]): Meaning {
    const column = this.bundle.manifest.topics!.columns[depth - 1]!;
    return { column, code: id - list.findIndex((one) => one.depth === depth) };
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
  private follow(slid = false): void {
    const { view, naming, state } = this;
    if (slid) {
      if (this.following) this.board.follow(view.camera, view.viewport, view.insets);
      return;
    }
    this.following = false;
    if (!state.look.labels.peek() || !naming) return;
    const { layout } = view;
    if (layout && !this.isPlaced(layout, naming)) this.place(layout, naming);
    const size = view.sight.spriteSize ?? 0;
    const near = Math.min(Math.max(2 - size / SPEAKING, 0), 1);
    this.board.fade(layout && this.arrived ? near : 0);
    this.following = layout !== null;
    if (layout) this.board.follow(view.camera, view.viewport, view.insets);
  }

  /** Asked for when the view is resized: the page would be laid out at each frame for it. */
  private get largerNow(): number {
    const { viewport } = this.view;
    if (this.sized?.viewport !== viewport) this.sized = { viewport, larger: enlargementOf(innerWidth).names };
    return this.sized.larger;
  }

  /** Whether the labels that are there, or on their way, are those of a layout, in a view about as large. */
  private isPlaced(layout: Layout, naming: Naming): boolean {
    if (this.placed?.layout !== layout || this.placed.naming !== naming) return false;
    if (this.larger !== this.largerNow) return false;
    return !topicsOn(layout, naming) || Math.abs(Math.log(this.whole / wholeOf(this.view))) < RESIZED;
  }

  private place(layout: Layout, naming: Naming): void {
    const topics = topicsOn(layout, naming);
    this.larger = this.largerNow;
    if (!topics) {
      this.placeCategories(layout, naming);
      return;
    }
    this.placed = { layout, naming };
    this.newest++;
    this.whole = wholeOf(this.view);
    const widths = widthsOf(
      topics.list.map(({ name }) => topicName(name)),
      this.host,
    );
    this.show(topicLabels(topics.list, layout.frame, widths, this.whole, this.larger));
  }

  private async placeCategories(layout: Layout, naming: Naming): Promise<void> {
    const stays = this.placed?.layout === layout && this.arrived; // other names at the same places may follow at once
    this.placed = { layout, naming };
    this.arrived = stays;
    const id = ++this.newest;
    const codes = (await this.codesOf(naming)).slice();
    if (id !== this.newest || this.disposed) return;
    this.worker ??= this.start();
    const names = naming.categories.column.categories.map(shortened);
    const parcel = parcelOf({ ...layout, fine: null }); // cells are fine enough for names
    const how = { widths: widthsOf(names, this.host), larger: this.larger };
    const job: LabelJob = { id, layout: parcel.layout, codes, ...how };
    this.worker.postMessage(job, [...parcel.buffers, codes.buffer]);
  }

  private async codesOf(naming: Naming): Promise<Uint8Array | Uint16Array> {
    const { categories } = naming;
    const { name } = categories.column;
    if (this.bundle.manifest.columns.some((column) => column.name === name))
      return (await this.bundle.values(name)) as Uint8Array | Uint16Array;
    return Uint16Array.from({ length: this.bundle.count }, (_, item) => categories.codeOf(item)); // −1 becomes 65,535
  }

  private start(): Worker {
    const worker = new Worker(new URL("./labels.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: { id, labels } }: MessageEvent<LabelAnswer>) => {
      if (id === this.newest) this.show(labels);
    };
    return worker;
  }

  private show(labels: readonly Label[]): void {
    this.board.set(labels);
    this.arrived = true;
    this.word();
    this.follow();
  }

  /** Say the names in the theme's colours, those outside of what is isolated faintly. */
  private word(): void {
    const { naming, state } = this;
    const theme = state.theme.value;
    void [state.isolated.value, state.filters.rules.value]; // names are lit by these
    if (!naming) return;
    const { categories } = naming;
    const topics = this.placed && topicsOn(this.placed.layout, naming);
    const colorOf = (code: number | null) => {
      const [r, g, b] = code === null ? [] : categories.colorOf(code, theme);
      return r === undefined ? "" : `rgb(${r} ${g} ${b})`;
    };
    const wordings = topics
      ? topics.list.map((topic): [number, Wording] => {
          const code = topics.level === null ? null : codeOnLevel(topics.list, topic, topics.level);
          const ofTopic = (one: Topic) => this.meaningOfTopic(one, topics.list);
          const lit = isTopicLit(topic, topics.list, (one) => isLit(state, ofTopic(one)));
          const picked = isPicked(state, ofTopic(topic));
          return [topic.id, { text: topicName(topic.name), color: colorOf(code), lit, picked }];
        })
      : categories.column.categories.map((name, code): [number, Wording] => {
          const meaning = { column: categories.column.name, code };
          const [lit, picked] = [isLit(state, meaning), isPicked(state, meaning)];
          return [code, { text: shortened(name), color: colorOf(code), lit, picked }];
        });
    this.board.word(new Map(wordings));
  }
}

/** The topics whose names have their own places on a layout; null where categories are placed by their items. */
function topicsOn(layout: Layout, { topics }: Naming): NamedTopics | null {
  return topics && layout.name === topics.projection && layout.pitch === undefined ? topics : null;
}

/** CSS pixels per map unit at which the whole map is in view. */
function wholeOf({ viewport }: MapView): number {
  return Math.max(Math.min(viewport.width, viewport.height), 1);
}

/** Each name's width at a font size of 1 CSS pixel, in the host's font. */
function widthsOf(names: readonly string[], host: HTMLElement): Float32Array {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }); // no device for that
  const { fontFamily, fontWeight } = getComputedStyle(host);
  if (context) context.font = `${fontWeight} 100px ${fontFamily}`;
  const widthOf = (name: string) =>
    name.length * SPACED + (context ? context.measureText(name).width / 100 : 0.55 * name.length);
  return Float32Array.from(names, widthOf);
}
