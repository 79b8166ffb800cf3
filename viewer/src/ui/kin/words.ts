import type { Kin } from "../../find/kin.ts";
import { countOf } from "../format.ts";

/** Write a distance with as many digits as tell it from its neighbours. */
export function formatDistance(distance: number): string {
  const size = Math.abs(distance);
  if (size === 0) return "0";
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  return size < 0.0005 ? distance.toExponential(1) : distance.toFixed(digits);
}

/** The distance of the k-th of some kin, marked where it is not the true one. */
export function distanceOf({ ranked }: Kin, k: number): string | null {
  const distance = ranked.distances?.[k];
  if (distance === undefined) return null;
  return distanceText(distance, k < ranked.exact);
}

/** Write a distance, marked where it is not the true one. */
export function distanceText(distance: number, exact: boolean): string {
  return `${exact ? "" : "≈ "}${formatDistance(distance)}`;
}

/** What the distances are, under the grid; of the one pointed at, its own. */
export function measureWords(kin: Kin, pointed: number | null): string {
  const { items, exact, distances } = kin.ranked;
  if (items.length === 0) return "";
  if (!distances) return `${countOf(items.length, "member")} drawn at random`;
  const what = kin.measure ? `${kin.measure.replace("_", " ")} distance` : "distance";
  const at = pointed === null ? -1 : items.indexOf(pointed);
  if (at >= 0) return `No. ${at + 1}, ${what} ${distanceOf(kin, at)}`;
  const span =
    items.length > 1 ? `${distanceOf(kin, 0)} … ${distanceOf(kin, items.length - 1)}` : distanceOf(kin, 0);
  const about = exact < items.length ? `; from no. ${exact + 1} on along the neighbours' graph` : "";
  return `${what[0]!.toUpperCase()}${what.slice(1)} ${span}${about}`;
}
