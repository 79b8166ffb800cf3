import type { CameraPosition } from "./address.ts";
import type { Box } from "./camera/camera.ts";
import type { Movable } from "./interaction/keys.ts";
import type { ViewState } from "./state.ts";
import type { MapView, Point } from "./view.ts";

/**
 * The reader's hand on the camera. Where it has moved the map, the place is part of the state and so of a link;
 * at home it is not, for a phone's home is not a desk's.
 */
export class Steering implements Movable {
  private moved = false;

  constructor(
    private readonly view: MapView,
    private readonly state: ViewState,
    canvas: HTMLCanvasElement,
  ) {
    const take = () => {
      this.moved = true;
    };
    canvas.addEventListener("pointerdown", () => {
      if (!view.drawing) take();
    });
    canvas.addEventListener("wheel", take, { passive: true });
  }

  panBy(dx: number, dy: number): void {
    this.moved = true;
    this.view.panBy(dx, dy);
  }

  zoomBy(factor: number): void {
    this.moved = true;
    this.view.zoomBy(factor);
  }

  flyTo(item: number): void {
    this.moved = true;
    this.view.flyTo(item);
  }

  flyToBox(box: Box): void {
    this.moved = true;
    this.view.flyToBox(box);
  }

  /** Bring a map point to the middle, at the scale there is. */
  lookAt({ x, y }: Point): void {
    this.moved = true;
    this.view.setCamera({ x, y, scale: this.view.camera.scale });
  }

  /** Go to the camera of a link, or home where it names none. */
  go(camera: CameraPosition | undefined): void {
    if (camera) {
      this.moved = true;
      this.view.setCamera(camera);
    } else this.home();
  }

  home(animate = true): void {
    this.moved = false;
    this.state.camera.value = null;
    this.view.home(animate);
  }

  /** Take the view's camera into the state, if it is the reader's. */
  keep(): void {
    const { x, y, scale } = this.view.camera;
    if (this.moved) this.state.camera.value = { x, y, scale };
  }

  /** Find the item nearest to the middle of the view, or null where nothing is in view. */
  itemInMiddle(): number | null {
    const { width, height } = this.view.viewport;
    const middle = { x: width / 2, y: height / 2 };
    let [nearest, least]: [number | null, number] = [null, Number.POSITIVE_INFINITY];
    for (const item of this.view.sight.itemsInView(MOST_SEARCHED)) {
      const at = this.view.sight.screenOf(item)!;
      const distance = Math.hypot(at.x - middle.x, at.y - middle.y);
      if (distance < least) [nearest, least] = [item, distance];
    }
    return nearest;
  }
}

const MOST_SEARCHED = 200_000;
