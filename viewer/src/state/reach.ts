import { type Signal, signal } from "@preact/signals";
import type { MapBundle } from "../bundle/index.ts";

/** Whether the place that the map comes from answers, and whether it holds this same map. */
export interface Reach {
  readonly away: Signal<boolean>;
  readonly remade: Signal<boolean>;
  /** Ask whether it is back. */
  ask(): Promise<void>;
}

/** Follow what the map's requests meet with. */
export function reachOf(bundle: MapBundle): Reach {
  const { source, manifest } = bundle;
  const away = signal(false);
  const remade = signal(false);
  source.onReach = (reached) => {
    away.value = !reached;
  };
  const ask = async () => {
    try {
      const response = await source.request(source.url("manifest.json"), { cache: "no-store" });
      const now = (await response.json()) as { created?: unknown };
      remade.value = now.created !== manifest.created;
    } catch {
      // still away, or not a map any more: the banner stays, or the next file asked for tells
    }
  };
  addEventListener("online", () => void ask());
  addEventListener("offline", () => {
    away.value = true;
  });
  return { away, remade, ask };
}
