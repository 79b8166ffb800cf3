"""What stands on the map beside its items, and how these are arranged: names, density, the grid, trails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from conftest import MapPage, OpenMap

SETTLED = "window.terrella.view.stats().idle && window.terrella.snapshot().labelsSettled"


def named(viewer: MapPage) -> list[str]:
    """The names in sight once the layout at rest has its own."""
    viewer.wait_until(SETTLED)
    return viewer.state()["labels"]


def boxes(viewer: MapPage) -> list[dict[str, float]]:
    return viewer.page.evaluate(
        """[...document.querySelectorAll(".map-label b")].map((label) => {
            const { left, right, top, bottom } = label.getBoundingClientRect();
            return { left, right, top, bottom };
        })"""
    )


def overlapping(found: list[dict[str, float]]) -> int:
    return sum(
        a["left"] < b["right"]
        and b["left"] < a["right"]
        and a["top"] < b["bottom"]
        and b["top"] < a["bottom"]
        for k, a in enumerate(found)
        for b in found[k + 1 :]
    )


def places(viewer: MapPage, count: int = 200) -> Any:
    return viewer.page.evaluate(
        "count => Array.from({ length: count }, (_, k) => "
        "Object.values(window.terrella.view.sight.pointOf(k)))",
        count,
    )


def test_each_digit_is_named_where_its_items_lie_and_no_name_covers_another(viewer: MapPage) -> None:
    names = named(viewer)
    assert set(names) <= {str(digit) for digit in range(10)}
    assert len(set(names)) >= 8
    assert overlapping(boxes(viewer)) == 0
    viewer.view("zoomBy(2.5)")
    viewer.settle()
    assert overlapping(boxes(viewer)) == 0


def test_names_go_by_a_key_and_a_link_keeps_them_away(viewer: MapPage) -> None:
    named(viewer)
    viewer.page.keyboard.press("a")
    assert viewer.state()["look"] == {"labels": False}
    assert not viewer.page.locator(".map-labels").is_visible()
    viewer.wait_until("location.hash.includes('labels=off')")
    viewer.page.reload()
    viewer.page.evaluate("window.terrella.ready")
    assert viewer.state()["look"] == {"labels": False}


def test_names_follow_the_projection(viewer: MapPage) -> None:
    named(viewer)
    before = boxes(viewer)
    viewer.page.keyboard.press("2")
    viewer.settle()
    named(viewer)
    assert boxes(viewer) != before
    assert overlapping(boxes(viewer)) == 0


def test_density_shades_the_ground_around_items_and_draws_lines(viewer: MapPage) -> None:
    plain = viewer.pixels()
    viewer.page.keyboard.press("d")
    shade = viewer.pixels()
    assert viewer.state()["look"] == {"density": "shade"}
    changed = np.abs(shade - plain).sum(axis=2) > 12
    assert 0.05 < changed.mean() < 0.9
    viewer.page.keyboard.press("d")
    lines = viewer.pixels()
    ruled = np.abs(lines - plain).sum(axis=2) > 40
    assert 0.002 < ruled.mean() < 0.2
    viewer.page.keyboard.press("d")
    viewer.page.keyboard.press("d")
    assert np.abs(viewer.pixels() - plain).max() <= 2


def test_on_the_grid_no_item_covers_another_and_back_all_stand_as_before(viewer: MapPage) -> None:
    before = places(viewer)
    viewer.page.keyboard.press("o")
    viewer.wait_until("window.terrella.snapshot().look.grid")
    viewer.wait_until("window.terrella.view.layout?.pitch > 0")
    viewer.settle()
    grid = np.array(places(viewer, 1797))
    pitch = viewer.view("layout.pitch")
    cells = {tuple(cell) for cell in np.round(2 * grid / pitch).astype(int).tolist()}
    assert len(cells) == 1797
    assert "grid=on" in viewer.page.evaluate("location.hash")
    viewer.page.go_back()
    viewer.wait_until("!window.terrella.view.layout?.pitch && window.terrella.view.stats().idle")
    assert places(viewer) == before


def test_overlapping_dots_mix_whatever_their_order(viewer: MapPage) -> None:
    """The same two dots on one another, each way round: the pixels are the same."""
    colors = viewer.page.evaluate(
        """async () => {
            const { view } = window.terrella;
            const count = view.stats().points;
            const paint = (first, second) => {
                const rgb = new Uint8Array(3 * count);
                for (let k = 0; k < count; k++) rgb.set(k % 2 ? first : second, 3 * k);
                view.setColors(rgb);
            };
            const mean = async () => {
                const { data } = await view.capture();
                let [red, blue] = [0, 0];
                for (let k = 0; k < data.length; k += 4) { red += data[k]; blue += data[k + 2]; }
                return [red, blue];
            };
            view.setSprites({ visible: false, ink: false, size: 2 });
            paint([200, 0, 0], [200, 0, 0]);
            const [most] = await mean();
            paint([200, 0, 0], [0, 0, 200]);
            const [oneWay] = await mean();
            paint([0, 0, 200], [200, 0, 0]);
            const [otherWay] = await mean();
            return [most, oneWay, otherWay];
        }"""
    )
    most, one_way, other_way = colors
    assert one_way < most
    assert abs(one_way - other_way) / most < 0.02


def test_chosen_items_leave_trails_between_projections(viewer: MapPage) -> None:
    viewer.page.emulate_media(reduced_motion="no-preference")
    viewer.page.evaluate(
        """() => {
            const { view, snapshot } = window.terrella;
            view.setReducedMotion(false); // what the page does as soon as it hears of it
            view.onFrame.add(() => { window.trailed = Math.max(window.trailed ?? 0, snapshot().trails); });
        }"""
    )
    viewer.page.keyboard.press("r")
    viewer.page.evaluate("window.terrella.state.selected.value = 5")
    viewer.page.keyboard.press("2")
    viewer.wait_until("window.trailed === 1")
    assert viewer.page.locator("canvas.map-trails").count() == 1
    viewer.wait_until("window.terrella.snapshot().trails === 0")


@pytest.fixture(scope="session")
def photos(make: Callable[..., object], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A map of forty images far larger than thumbnails, of stripes too fine for these; its name."""
    folder = tmp_path_factory.mktemp("photos")
    stripes = np.repeat(np.arange(200) % 4 < 2, 3).reshape(1, 200, 3)
    for k in range(40):
        color = np.array([40 + 5 * k, 250 - 5 * k, 90 + (37 * k) % 120])
        Image.fromarray(np.broadcast_to(stripes * color, (200, 200, 3)).astype(np.uint8)).save(
            folder / f"{k}.png"
        )
    make("map", str(folder), "--name", "photos")
    return "photos"


def fine_detail(viewer: MapPage) -> float:
    """How much neighbouring pixels differ in the middle of the view, where item 0 stands."""
    viewer.view("flyTo(0)")
    viewer.settle()
    viewer.view("zoomBy(4)")
    pixels = viewer.pixels()
    height, width = pixels.shape[:2]
    middle = pixels[height // 2 - 40 : height // 2 + 40, width // 2 - 40 : width // 2 + 40]
    return float(np.abs(np.diff(middle, axis=1)).mean())


def test_very_near_the_originals_stand_in_for_thumbnails(open_map: OpenMap, photos: str) -> None:
    def refuse(page: Page) -> None:
        page.route("**/images/*", lambda route: route.abort())

    thumbnails = open_map(photos, prepare=refuse)
    blurred = fine_detail(thumbnails)
    assert thumbnails.stats()["originals"] == 0
    originals = open_map(photos)
    sharp = fine_detail(originals)
    assert 1 <= originals.stats()["originals"] <= 32
    assert sharp > 2 * blurred


def test_a_lost_context_comes_back_with_density_and_names(viewer: MapPage) -> None:
    names = named(viewer)
    for _ in range(3):
        viewer.page.keyboard.press("d")
    before = viewer.pixels()
    viewer.lose_context()
    assert np.abs(before - viewer.pixels()).mean() < 0.5
    assert named(viewer) == names


def test_names_are_text_whatever_they_say(open_map: OpenMap, hostile: str) -> None:
    viewer = open_map(hostile)
    assert len(named(viewer)) <= 150
    assert viewer.page.locator(".map-label b *").count() == 0
    assert viewer.page.evaluate("window.attacked === undefined")
