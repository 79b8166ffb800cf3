import { signal } from "@preact/signals";
import type { ComponentType } from "preact";

/** A part of the page whose script comes when it is first shown; until then, and where it can't be had, nothing. */
export function lazy<P extends object>(load: () => Promise<{ default: ComponentType<P> }>) {
  const loaded = signal<ComponentType<P> | null>(null);
  let asked = false;
  return function Lazy(props: P) {
    if (!asked) {
      asked = true;
      load().then(
        (module) => {
          loaded.value = module.default;
        },
        () => {
          asked = false; // the next showing asks again
        },
      );
    }
    const Part = loaded.value;
    return Part && <Part {...props} />;
  };
}
