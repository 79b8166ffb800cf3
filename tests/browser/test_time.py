"""Sequences on the timeline, the overview, and two maps side by side: by hand, by keys and by link."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import Page, Route

if TYPE_CHECKING:
    from conftest import MapPage

pytestmark = pytest.mark.browser

SCRUB = """at => {
    const slider = document.querySelector('.timeline-slider input');
    slider.value = at;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
}"""
LET_GO = """() => document.querySelector('.timeline-slider input')
    .dispatchEvent(new Event('change', { bubbles: true }))"""
DRAWN = """canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, k) => k % 4 === 3 && value > 0).length;
}"""
POSITIONS = "[0, 10, 50, 120, 300].map(item => window.terrella.view.sight.pointOf(item))"


@pytest.fixture(scope="session")
def waves_map(make: Callable[..., object], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a map with a spectrum of four frames."""
    generator = np.random.default_rng(4)
    centres = generator.normal(size=(6, 10)) * 4
    vectors = (centres[np.arange(420) % 6] + generator.normal(size=(420, 10))).astype(np.float32)
    source = tmp_path_factory.mktemp("waves") / "waves.npy"
    np.save(source, vectors)
    make(
        "map",
        str(source),
        *("--projection", "pca", "--projection", "umap"),
        "--projection",
        "spectrum:frames=4",
    )
    return "waves"


@pytest.fixture
def waves(open_map: Callable[..., MapPage], waves_map: str) -> MapPage:
    """The map with the spectrum, with reduced motion."""
    return open_map(waves_map)


@pytest.fixture
def moving_waves(open_map: Callable[..., MapPage], waves_map: str) -> MapPage:
    """The same map, whose points move from frame to frame."""
    return open_map(waves_map, reduced_motion="no-preference")


def positions(viewer: MapPage) -> np.ndarray:
    return np.array([[at["x"], at["y"]] for at in viewer.page.evaluate(POSITIONS)])


def rest(viewer: MapPage, frame: int) -> None:
    viewer.wait_until(f"window.terrella.snapshot().frame === {frame} && !window.terrella.snapshot().playing")
    viewer.settle()


def show_spectrum(viewer: MapPage) -> None:
    viewer.page.keyboard.press("f")
    viewer.wait_until("window.terrella.snapshot().framesHeld === 4")
    viewer.settle()


def test_a_hand_on_the_slider_takes_the_points_from_frame_to_frame(moving_waves: MapPage) -> None:
    show_spectrum(moving_waves)
    page = moving_waves.page
    first = positions(moving_waves)
    page.evaluate(SCRUB, 0.25)
    moving_waves.wait_until("window.terrella.view.stats().glide > 0.24")
    quarter = positions(moving_waves)
    assert moving_waves.stats()["idle"] is False
    page.evaluate(SCRUB, 1)
    page.evaluate(LET_GO)
    rest(moving_waves, 1)
    second = positions(moving_waves)
    assert np.abs(second - first).max() > 0.01
    assert quarter == pytest.approx(first * 0.75 + second * 0.25, abs=1e-4)
    page.evaluate(SCRUB, 2.4)
    page.evaluate(LET_GO)
    rest(moving_waves, 2)
    assert "frame=2" in page.evaluate("location.hash")


def test_the_points_are_drawn_where_they_are_said_to_be(moving_waves: MapPage) -> None:
    show_spectrum(moving_waves)
    moving_waves.page.evaluate(SCRUB, 0.5)
    moving_waves.wait_until("window.terrella.view.stats().glide === 0.5")
    pixels = moving_waves.drawn()
    for item in (0, 10, 50):
        at = moving_waves.view("sight.screenOf(it)", item)
        around = pixels[round(at["y"]) - 2 : round(at["y"]) + 3, round(at["x"]) - 2 : round(at["x"]) + 3]
        assert around.max() > 70, f"item {item} is not drawn at {at}"


def test_it_plays_to_the_end_by_the_space_bar(moving_waves: MapPage) -> None:
    show_spectrum(moving_waves)
    moving_waves.page.keyboard.press(">")
    moving_waves.page.keyboard.press(">")
    moving_waves.page.keyboard.press(" ")
    moving_waves.wait_until("window.terrella.snapshot().at > 0.2")
    assert moving_waves.state()["playing"]
    assert moving_waves.page.get_by_role("button", name="Pause").is_visible()
    rest(moving_waves, 3)
    assert moving_waves.view("layout.name") == "spectrum 3"


def test_frames_are_items_that_can_be_pointed_at_and_their_quality_is_shown(waves: MapPage) -> None:
    show_spectrum(waves)
    waves.page.keyboard.press(".")
    rest(waves, 1)
    timeline = waves.page.get_by_test_id("timeline")
    assert timeline.get_by_role("heading").inner_text() == "Attraction 3.175"
    panel = waves.page.get_by_role("region", name="Quality of Attraction 3.175")
    score = timeline.locator(".strip-score").inner_text().split()[0]
    assert panel.locator(".measure-score").first.inner_text() == score
    assert timeline.locator(".strip-point").count() == 4
    at = waves.view("sight.screenOf(7)")
    waves.page.mouse.move(at["x"], at["y"])
    waves.wait_until("window.terrella.snapshot().hovered !== null")


def test_the_slider_and_the_choice_go_by_keys(waves: MapPage) -> None:
    waves.page.get_by_role("radio", name="Spectrum").focus()
    waves.page.keyboard.press(" ")
    waves.wait_until("window.terrella.snapshot().sequence === 'spectrum'")
    slider = waves.page.get_by_role("slider", name="Spectrum: frame")
    slider.focus()
    waves.page.keyboard.press("End")
    rest(waves, 3)
    waves.page.keyboard.press("ArrowLeft")
    rest(waves, 2)
    assert slider.get_attribute("aria-valuetext") == "Attraction 10.079, frame 3 of 4"
    waves.page.keyboard.press("Home")
    rest(waves, 0)
    waves.page.keyboard.press("2")
    waves.wait_until("window.terrella.snapshot().sequence === null")
    assert waves.state()["projection"] == "umap"
    assert waves.page.get_by_test_id("timeline").count() == 0


def test_a_link_leads_to_the_frame_and_back_leads_away(waves: MapPage) -> None:
    show_spectrum(waves)
    waves.page.keyboard.press(".")
    rest(waves, 1)
    there = waves.pixels()
    link = waves.page.url
    waves.page.go_back()
    waves.wait_until("window.terrella.snapshot().sequence === null")
    waves.page.goto("about:blank")
    waves.open(link)
    waves.page.mouse.move(5, 5)
    assert waves.state()["frame"] == 1
    assert np.abs(waves.pixels() - there).mean() < 0.5


def test_a_frame_that_is_gone_is_told_of_and_the_others_are_still_there(
    open_map: Callable[..., MapPage], waves_map: str
) -> None:
    def without_third(page: Page) -> None:
        def gone(route: Route) -> None:
            route.fulfill(status=404)

        page.route("**/sequences/spectrum/2.*", gone)

    viewer = open_map(waves_map, prepare=without_third)
    viewer.page.keyboard.press("f")
    viewer.wait_until("window.terrella.snapshot().framesHeld === 3")
    viewer.wait_until("window.terrella.snapshot().notice.includes('Spectrum, frame 10.079')")
    viewer.page.keyboard.press(".")
    rest(viewer, 1)
    assert viewer.view("layout.name") == "spectrum 1"


def test_the_overview_shows_where_one_is_and_leads_elsewhere(waves: MapPage) -> None:
    overview = waves.page.get_by_test_id("minimap")
    assert overview.count() == 0
    waves.view("zoomBy(4)")
    waves.settle()
    assert overview.locator("canvas").evaluate(DRAWN) > 100
    before = waves.camera()
    overview.click(position={"x": 20, "y": 20})  # once it stands still
    after = waves.camera()
    assert after["x"] < before["x"]
    assert after["y"] > before["y"]
    assert after["scale"] == before["scale"]
    waves.page.keyboard.press("h")
    waves.wait_until("!document.querySelector('.minimap')")
    assert "minimap=0" in waves.page.evaluate("location.hash")


def both(waves: MapPage) -> dict[str, Any]:
    return waves.page.evaluate(
        "({ first: { ...window.terrella.view.camera }, second: { ...window.terrella.beside.camera } })"
    )


def test_two_maps_share_hover_pin_and_camera(waves: MapPage) -> None:
    waves.page.get_by_role("button", name="Two maps side by side").click()
    waves.wait_until("window.terrella.beside?.stats().idle && window.terrella.beside.stats().loaded === 420")
    assert waves.state()["beside"] == "umap"
    half = waves.page.evaluate("document.querySelector('.beside canvas').getBoundingClientRect().left")
    assert half == pytest.approx(720, abs=2)
    _, x, y = waves.uncovered("beside", half)
    waves.page.mouse.move(x, y)
    waves.wait_until("window.terrella.snapshot().hovered !== null")
    hovered = waves.state()["hovered"]
    waves.page.mouse.click(x, y)
    waves.wait_until(f"window.terrella.snapshot().selected === {hovered}")
    waves.page.keyboard.press("Escape")

    def in_sight(view: str, items: list[int]) -> float:
        seen = set(waves.page.evaluate(f"window.terrella.{view}.sight.itemsInView(420)"))
        return len(seen & set(items)) / max(len(items), 1)

    where = waves.view("sight.screenOf(0)")
    waves.page.mouse.move(where["x"], where["y"])
    waves.page.mouse.wheel(0, -900)
    waves.settle()
    waves.page.wait_for_timeout(400)
    waves.wait_until("window.terrella.beside.stats().idle")
    shown = waves.view("sight.itemsInView(420)")
    assert 0 < len(shown) < 420
    assert in_sight("beside", shown) > 0.8  # the other map has gone to the same items
    waves.page.keyboard.press("j")
    before = both(waves)["second"]
    waves.page.keyboard.press("0")
    waves.settle()
    waves.page.wait_for_timeout(300)
    assert both(waves)["second"] == before


def test_the_second_map_is_part_of_a_link_and_may_be_a_frame(waves: MapPage) -> None:
    show_spectrum(waves)
    waves.page.keyboard.press("\\")
    waves.wait_until(
        "window.terrella.beside?.stats().idle && window.terrella.beside.layout?.name === 'spectrum 3'"
    )
    link = waves.page.url
    assert "beside=spectrum@3" in link
    waves.page.goto("about:blank")
    waves.open(link)
    waves.wait_until("window.terrella.beside?.layout?.name === 'spectrum 3'")
    choice = waves.page.get_by_label("Layout of the second map")
    choice.select_option("pca")
    waves.wait_until("window.terrella.beside.layout?.name === 'pca'")
    waves.page.keyboard.press("\\")
    waves.wait_until("!window.terrella.beside && !document.querySelector('.beside')")
    waves.settle()
    assert waves.page.evaluate("document.querySelector('#map').clientWidth") == 1440


def test_frames_stand_on_a_grid_where_that_is_wished(waves: MapPage) -> None:
    show_spectrum(waves)
    waves.page.keyboard.press("o")
    waves.wait_until("window.terrella.view.layout?.pitch > 0")
    waves.page.keyboard.press(".")
    waves.wait_until("window.terrella.snapshot().frame === 1 && window.terrella.view.layout?.pitch > 0")
    places = waves.page.evaluate(
        "Array.from({ length: 420 }, (_, item) => Object.values(window.terrella.view.sight.pointOf(item)))"
    )
    assert len({(round(x, 5), round(y, 5)) for x, y in places}) == 420  # nobody covers another
    waves.page.keyboard.press("o")
    waves.wait_until("window.terrella.view.layout && !window.terrella.view.layout.pitch")


def test_a_link_carries_speed_and_loop(waves: MapPage) -> None:
    show_spectrum(waves)
    waves.page.keyboard.press(">")
    waves.page.keyboard.press("u")
    waves.wait_until("location.hash.includes('speed=2') && location.hash.includes('loop=1')")
    link = waves.page.url
    waves.page.goto("about:blank")
    waves.open(link)
    timeline = "window.terrella.state.timeline"
    assert waves.page.evaluate(f"[{timeline}.speed.value, {timeline}.loop.value]") == [2, True]
