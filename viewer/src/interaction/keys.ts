/** Keys that move the map. */

export interface Movable {
  panBy(dx: number, dy: number): void;
  zoomBy(factor: number): void;
  home(animate?: boolean): void;
}

/** CSS pixels an arrow key pans by; with Shift, three times that. */
const STEP = 90;
const ZOOM = 1.5;

export type KeyLike = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** Move the map for a key; returns whether it was one that does. An arrow shows what lies in its direction. */
export function moveByKey({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyLike, map: Movable): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  const step = shiftKey ? STEP * 3 : STEP;
  switch (key) {
    case "ArrowLeft":
      map.panBy(step, 0);
      return true;
    case "ArrowRight":
      map.panBy(-step, 0);
      return true;
    case "ArrowUp":
      map.panBy(0, step);
      return true;
    case "ArrowDown":
      map.panBy(0, -step);
      return true;
    case "+":
    case "=":
      map.zoomBy(ZOOM);
      return true;
    case "-":
    case "_":
      map.zoomBy(1 / ZOOM);
      return true;
    case "0":
    case "Home":
      map.home(true);
      return true;
    default:
      return false;
  }
}
