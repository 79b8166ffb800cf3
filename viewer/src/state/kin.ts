import { type Signal, signal } from "@preact/signals";
import type { Manifest } from "../bundle/index.ts";
import { type Kin, RELATIONS, type Relation } from "../find/kin.ts";

export const SIDES = { least: 2, most: 10, usual: 3 } as const;

/** Which others the pinned item is shown with, as a link carries it. */
export interface KinChoice {
  readonly relation: Relation;
  /** They fill a square of so many by so many. */
  readonly side: number;
  /** Which random members. */
  readonly roll: number;
}

export type KinShown =
  | { readonly state: "finding" }
  | { readonly state: "here"; readonly kin: Kin }
  | { readonly state: "failed"; readonly item: number; readonly message: string };

export interface KinState {
  readonly choice: Signal<KinChoice>;
  readonly shown: Signal<KinShown>;
  /** The item pointed at in a list or grid beside the map. */
  readonly pointed: Signal<number | null>;
}

export function createKin(manifest: Manifest): KinState {
  return {
    choice: signal(usualKin(manifest)),
    shown: signal<KinShown>({ state: "finding" }),
    pointed: signal<number | null>(null),
  };
}

/** Neighbours by the vectors, where the map knows them. */
export function usualKin({ knn }: Manifest): KinChoice {
  return { relation: knn ? "space" : "map", side: SIDES.usual, roll: 0 };
}

/** The kin of the pinned item, or none while they are being found. */
export function kinOf({ shown }: KinState, selected: number | null): Kin | null {
  const now = shown.value;
  return now.state === "here" && now.kin.item === selected ? now.kin : null;
}

/** Write a choice as `map.5`, the random ones as `random.5.2`; the map's usual one as nothing. */
export function writeKin(choice: KinChoice, manifest: Manifest): string | undefined {
  const { relation, side, roll } = choice;
  const usual = usualKin(manifest);
  if (relation === usual.relation && side === usual.side) return undefined;
  return relation === "random" ? `${relation}.${side}.${roll}` : `${relation}.${side}`;
}

export function readKin(text: string | undefined, manifest: Manifest): KinChoice {
  const usual = usualKin(manifest);
  const [name, side, roll] = text?.split(".") ?? [];
  const relation = RELATIONS.find((one) => one === name) ?? usual.relation;
  const asked = Number(side);
  const whole = Number.isInteger(asked) && asked >= SIDES.least && asked <= SIDES.most;
  return {
    relation,
    side: whole ? asked : usual.side,
    roll: /^\d{1,6}$/.test(roll ?? "") ? Number(roll) : 0,
  };
}
