/** Items with a ring, drawn above all others: gathered anew where they, their places or their looks have changed. */

import type { GatheredItems } from "./items.ts";
import type { Layout } from "./layout.ts";
import type { ItemStyle } from "./style.ts";
import type { Transition } from "./transition.ts";

/** What they were last gathered for. */
interface Gathering {
  readonly into: GatheredItems;
  readonly items: readonly number[];
  readonly from: Layout;
  readonly to: Layout;
  readonly loaded: number;
  readonly version: number;
}

export class Highlights {
  /** Display indices. */
  items: readonly number[] = [];
  private last: Gathering | null = null;

  /** Gather those of the first `loaded` items, none of them dim. */
  gather(into: GatheredItems, { from, to }: Transition, loaded: number, style: ItemStyle): void {
    const now: Gathering = { into, items: this.items, from, to, loaded, version: style.version };
    if (this.last && equal(this.last, now)) return;
    this.last = now;
    const items = this.items.filter((item) => item < loaded);
    into.gather(items, from, to, style.lit(items));
  }
}

function equal(a: Gathering, b: Gathering): boolean {
  const looks = a.loaded === b.loaded && a.version === b.version;
  return looks && a.into === b.into && a.items === b.items && a.from === b.from && a.to === b.to;
}
