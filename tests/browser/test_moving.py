"""Wheel, drag, pinch and keyboard move; the camera never loses the data; a link keeps the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import MapPage

pytestmark = pytest.mark.browser

PINCH = """() => {
    const canvas = document.querySelector('canvas#map');
    const send = (type, finger, x) => canvas.dispatchEvent(new PointerEvent(type, {
        pointerId: finger, pointerType: 'touch', isPrimary: finger === 11, clientX: x, clientY: 350,
        button: 0, buttons: 1, bubbles: true, cancelable: true,
    }));
    send('pointerdown', 11, 480);
    send('pointerdown', 12, 520);
    for (let step = 1; step <= 10; step++) {
        send('pointermove', 11, 480 - 8 * step);
        send('pointermove', 12, 520 + 8 * step);
    }
    send('pointerup', 11, 400);
    send('pointerup', 12, 600);
}"""


def items_in_view(viewer: MapPage) -> int:
    viewer.settle()
    return len(viewer.view("sight.itemsInView(2000)"))


def test_the_wheel_zooms_about_the_pointer(viewer: MapPage) -> None:
    before = viewer.camera()
    place = viewer.view("sight.screenOf(0)")
    viewer.page.mouse.move(place["x"], place["y"])
    viewer.page.mouse.wheel(0, -400)
    viewer.wait_until(f"window.terrella.view.camera.scale > {before['scale'] * 1.2}")
    viewer.settle()
    now = viewer.view("sight.screenOf(0)")
    assert now["x"] == pytest.approx(place["x"], abs=2)
    assert now["y"] == pytest.approx(place["y"], abs=2)


def test_a_drag_carries_the_map_along(viewer: MapPage) -> None:
    viewer.view("zoomBy(4)")
    viewer.settle()
    item = viewer.view("sight.itemsInView(1)[0]")
    before = viewer.view("sight.screenOf(it)", item)
    viewer.page.mouse.move(500, 350)
    viewer.page.mouse.down()
    viewer.page.mouse.move(440, 310, steps=6)
    viewer.page.mouse.up()
    viewer.settle()
    after = viewer.view("sight.screenOf(it)", item)
    assert after["x"] - before["x"] == pytest.approx(-60, abs=3)
    assert after["y"] - before["y"] == pytest.approx(-40, abs=3)


def test_the_keyboard_pans_zooms_and_comes_home(viewer: MapPage) -> None:
    home = viewer.camera()
    viewer.page.keyboard.press("+")
    zoomed = viewer.camera()
    assert zoomed["scale"] > home["scale"]
    viewer.page.keyboard.press("ArrowRight")
    panned = viewer.camera()
    assert panned["x"] > zoomed["x"]
    viewer.page.keyboard.press("-")
    assert viewer.camera()["scale"] < panned["scale"]
    viewer.page.keyboard.press("0")
    assert viewer.camera() == pytest.approx(home)


def test_the_camera_never_loses_the_data(viewer: MapPage) -> None:
    for x, y in ((1e6, 0), (-1e6, 0), (0, 1e6), (0, -1e6), (1e6, 1e6)):
        viewer.view("panBy(...it)", [x, y])
        assert items_in_view(viewer) > 0
    viewer.view("zoomBy(1e-9)")
    assert items_in_view(viewer) == 1797
    viewer.view("zoomBy(1e12)")
    viewer.view("panBy(1e9, -1e9)")
    viewer.view("zoomBy(1e-12)")
    assert items_in_view(viewer) == 1797


def test_zooming_into_a_gap_finds_the_nearest_items(viewer: MapPage) -> None:
    viewer.view("setCamera({ x: 0.5, y: 0.5, scale: 60000 })")
    assert items_in_view(viewer) > 0
    viewer.view("zoomBy(1.7)")
    assert items_in_view(viewer) > 0


def test_two_fingers_pinch(viewer: MapPage) -> None:
    before = viewer.camera()
    viewer.page.evaluate(PINCH)
    assert viewer.camera()["scale"] > before["scale"] * 2


def test_a_link_brings_the_same_view_back(viewer: MapPage) -> None:
    viewer.page.keyboard.press("2")
    viewer.wait_until("window.terrella.snapshot().projection === 'pca'")
    viewer.page.keyboard.press("+")
    viewer.camera()
    viewer.page.keyboard.press("ArrowLeft")
    there = viewer.camera()
    viewer.wait_until("location.hash.includes('pca')")
    viewer.page.wait_for_timeout(600)  # the address follows when the camera has rested
    link = viewer.page.url
    viewer.page.goto("about:blank")
    viewer.open(link)
    assert viewer.state()["projection"] == "pca"
    assert viewer.camera() == pytest.approx(there, rel=1e-3)


SLIDE = """at => {
    const { view } = window.terrella;
    const { renderer, rig } = view;
    const before = rig.camera;
    const camera = { ...before, x: before.x + at[0], y: before.y + at[1] };
    const draw = () => renderer.draw(view.shown(), view.viewport, performance.now());
    draw();
    const slides = renderer.slide(camera, view.rest.resting);
    const slid = renderer.readPixels().data;
    rig.camera = camera;
    draw();
    const drawn = renderer.readPixels().data;
    rig.camera = before;
    draw();
    const left = renderer.readPixels().data;
    const away = (a, b) => a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);
    return { slides, away: away(slid, drawn), moved: away(slid, left) };
}"""

LOOKS = {
    "dots alone": "state.sprites.value = dots",
    "some of them dim": "state.sprites.value = dots; state.isolated.value = new Set([3])",
    "one with a ring": "state.sprites.value = dots; state.selected.value = 5",
    "with their density": "state.sprites.value = dots; state.look.density.value = 'both'",
    "images": "state.sprites.value = { ...dots, visible: true }",
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_frame_that_only_slides_is_the_frame_that_would_be_drawn(viewer: MapPage, look: str) -> None:
    dots = "const dots = { ...state.sprites.peek(), visible: false }"
    viewer.page.evaluate(f"(() => {{ const {{ state }} = window.terrella; {dots}; {LOOKS[look]} }})()")
    viewer.page.evaluate("window.terrella.state.look.grid.value = true")
    viewer.page.wait_for_timeout(300)
    viewer.settle()
    found = viewer.page.evaluate(SLIDE, [0.0517, -0.0231])
    assert found["slides"]
    assert found["moved"] > 50
    assert found["away"] == 0


def test_where_sizes_are_the_place_s_own_a_frame_is_drawn_anew(viewer: MapPage) -> None:
    viewer.view("zoomBy(6)")
    viewer.settle()
    found = viewer.page.evaluate(SLIDE, [0.05, 0.0])
    assert not found["slides"]
