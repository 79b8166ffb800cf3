/** What the device has yet to be handed of the items, a frame's share at a time: for more it would keep the page waiting. */

import type { Stage } from "./stage.ts";
import type { ItemStyle } from "./style.ts";
import type { Transition } from "./transition.ts";

/** Sprite pages uploaded in a frame: one of the largest, or several small ones. */
const UPLOAD_BYTES = 4 * 2 ** 20;
/** Items whose places and colours are uploaded in a frame. */
const UPLOAD_ITEMS = 2 ** 20;

export class Delivery {
  /** Items whose positions the device has. */
  placed = 0;
  /** So many stored colours, from the first on, are due, and the light. */
  private colors = 0;
  private light = false;
  /** The positions that are due; null where the device has them. */
  private layouts: { readonly transition: Transition; readonly loaded: number } | null = null;

  constructor(private readonly style: ItemStyle) {}

  /** Whether places or colours are on their way. */
  get pending(): boolean {
    return this.layouts !== null || this.colors > 0;
  }

  /** All colours, or all light, have changed. */
  restyle(what: "colors" | "light"): void {
    if (what === "colors") this.colors = this.style.count;
    else this.light = true;
  }

  /** Show layouts, of which so many items are known. */
  setLayouts(transition: Transition, loaded: number): void {
    this.layouts = { transition, loaded };
  }

  /** Hand over this frame's share, fades of pages included; returns whether more is to come or something has come. */
  bring(stage: Stage, now: number, still: boolean): boolean {
    const placing = this.bringLayouts(stage);
    const coloring = this.bringLooks(stage);
    return bringPages(stage, now, still) || placing || coloring;
  }

  /** As many places as a frame bears, or all where items are to glide; returns whether some are left. */
  private bringLayouts({ all }: Stage): boolean {
    if (!this.layouts) return false;
    const { transition, loaded } = this.layouts;
    const { from, to, moving } = transition;
    this.placed = moving ? loaded : Math.min(loaded, all.filledOf(to) + UPLOAD_ITEMS);
    all.setLayouts(moving ? from : null, to, this.placed);
    if (this.placed < loaded) return true;
    this.layouts = null;
    return false;
  }

  /** What has changed of the items' looks, the first items' first; returns whether colours are left. */
  private bringLooks({ all }: Stage): boolean {
    const { colors, light } = this.style;
    const first = Math.max(this.colors - UPLOAD_ITEMS, 0);
    if (this.colors > 0) all.setColors(colors.subarray(first, this.colors), first);
    if (this.light) all.setLight(light);
    this.colors = first;
    this.light = false;
    return first > 0;
  }
}

/** Upload pages that have arrived and bring their fades on; returns whether anything came. */
function bringPages({ far, near, originals }: Stage, now: number, still: boolean): boolean {
  let bytes = 0;
  for (const sheet of [far, near].filter((sheet) => sheet !== null)) {
    while (bytes < UPLOAD_BYTES) {
      const uploaded = sheet.upload(now);
      if (uploaded === 0) break;
      bytes += uploaded;
    }
    sheet.fade(now, still);
  }
  if (bytes === 0 && originals?.upload(now)) return true;
  return bytes > 0;
}
