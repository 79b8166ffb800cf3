"""Topics' names on the map, their colours, and near duplicates hidden by one click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytestmark = pytest.mark.browser

WORDS = ("engine oil", "garden roses", "violin sonata", "chess opening", "bread oven", "river kayak")


@pytest.fixture(scope="module")
def texts(make: Callable[..., object], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A map of 600 texts on six subjects, ten of them twice; its name."""
    random = np.random.default_rng(0)
    extra = [f"{a}{b}" for a in ("red", "old", "fast", "calm") for b in ("house", "tree", "street", "cloud")]
    rows = [
        f"The {WORDS[row % 6]} and {WORDS[row % 6]} again with {' '.join(random.choice(extra, 4))}"
        for row in range(600)
    ]
    rows += rows[:10]
    path = tmp_path_factory.mktemp("texts") / "subjects.parquet"
    pq.write_table(pa.table({"text": rows}), path)
    make("map", str(path))
    return "subjects"


def test_topics_name_and_colour_a_map_of_texts(texts: str, open_map: Callable[..., Any]) -> None:
    viewer = open_map(texts)
    page = viewer.page
    assert page.evaluate("terrella.snapshot().color") == "topic_1"
    viewer.wait_until("terrella.snapshot().labelsSettled && terrella.snapshot().labels.length > 2")
    labels = page.evaluate("terrella.snapshot().labels")
    named = [set(label.lower().replace(",", "").split()) for label in labels]
    assert all(any(set(words.split()) <= name for name in named) for words in WORDS)


def test_one_key_hides_near_duplicates_and_brings_them_back(texts: str, open_map: Callable[..., Any]) -> None:
    viewer = open_map(texts)
    page = viewer.page
    page.get_by_role("tab", name="Filters").click()
    box = page.get_by_label("Hide 10 near duplicates")
    box.check()
    viewer.wait_until("terrella.snapshot().filters.matching === 600")
    page.locator("canvas#map").focus()
    page.keyboard.press("Shift+D")
    viewer.wait_until("terrella.snapshot().filters.matching === null")
    assert not box.is_checked()


NAMES_IN_REACH = """[...document.querySelectorAll(".map-label b")].filter((name) => {
    const { left, top, width, height } = name.getBoundingClientRect();
    const under = document.elementFromPoint(left + width / 2, top + height / 2);
    return top > 80 && under?.id === "map"; // above, chips come
}).map((name) => name.textContent)"""


def place_of_name(viewer: Any, name: str) -> tuple[float, float]:
    """Return where on the screen a name on the map stands."""
    viewer.wait_until("terrella.snapshot().labelsSettled && terrella.snapshot().labels.length > 2")
    box = viewer.page.locator(".map-label b", has_text=name).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_click_on_a_name_keeps_its_topic(texts: str, open_map: Callable[..., Any]) -> None:
    viewer = open_map(texts)
    page = viewer.page
    viewer.wait_until("terrella.snapshot().labels.length > 2")
    first, second, *_ = page.evaluate(NAMES_IN_REACH)
    column = page.evaluate(
        "(({ categories, counts }) => ({ categories, counts }))(terrella.state.coloring.value.column)"
    )
    counts = dict(zip(column["categories"], column["counts"], strict=True))
    page.mouse.click(*place_of_name(viewer, first))
    viewer.settle()
    assert viewer.state()["isolated"] == [first]
    assert viewer.state()["selected"] is None
    viewer.wait_until(f"terrella.view.stats().bright === {counts[first]}")
    assert page.locator(".map-label", has_text=first).get_attribute("aria-pressed") == "true"
    page.keyboard.down("Shift")
    page.mouse.click(*place_of_name(viewer, second))
    page.keyboard.up("Shift")
    viewer.wait_until(f"terrella.view.stats().bright === {counts[first] + counts[second]}")
    assert viewer.state()["chosen"] is None
    for left in ([first], []):
        page.wait_for_timeout(600)  # two clicks at once would zoom
        page.mouse.click(*place_of_name(viewer, first))
        assert viewer.state()["isolated"] == left


def test_names_are_reached_and_picked_by_keys(texts: str, open_map: Callable[..., Any]) -> None:
    viewer = open_map(texts)
    page = viewer.page
    viewer.wait_until("terrella.snapshot().labelsSettled && terrella.snapshot().labels.length > 2")
    page.locator("canvas#map").focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement.matches('.map-label') && document.activeElement.textContent"
    start = page.evaluate(focused)
    assert start
    camera = viewer.camera()
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    assert viewer.camera() == camera
    name = page.evaluate(focused)
    assert name
    page.keyboard.press("Enter")
    viewer.wait_until("terrella.snapshot().isolated.length === 1")
    assert viewer.state()["isolated"] == [name]
    page.keyboard.press("Enter")
    viewer.wait_until("terrella.snapshot().isolated.length === 0")


def test_names_do_not_stand_in_the_way_of_moving(texts: str, open_map: Callable[..., Any]) -> None:
    viewer = open_map(texts)
    page = viewer.page
    viewer.wait_until("terrella.snapshot().labels.length > 2")
    name = page.evaluate(NAMES_IN_REACH)[0]
    x, y = place_of_name(viewer, name)
    before = viewer.camera()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=5)
    page.mouse.up()
    moved = viewer.camera()
    assert (moved["x"], moved["y"]) != (before["x"], before["y"])
    assert viewer.state()["isolated"] == []
    page.mouse.move(*place_of_name(viewer, name))
    page.mouse.wheel(0, -240)
    assert viewer.camera()["scale"] > moved["scale"]


def test_a_name_of_another_level_filters_and_the_legend_tells_the_level(
    texts: str, open_map: Callable[..., Any]
) -> None:
    viewer = open_map(texts, "#color=~own")
    page = viewer.page
    viewer.wait_until("terrella.snapshot().labels.length > 2")
    name = page.evaluate(NAMES_IN_REACH)[0]
    page.mouse.click(*place_of_name(viewer, name))
    viewer.wait_until("terrella.snapshot().filters.where.length === 1")
    assert viewer.state()["filters"]["where"] == [f"topic_1|{name}"]
    page.mouse.click(*place_of_name(viewer, name))
    viewer.wait_until("terrella.snapshot().filters.where.length === 0")
    page.evaluate("terrella.state.color.value = 'topic_1'")
    levels = page.get_by_role("group", name="Level of the topics").get_by_role("radio")
    if levels.count() > 1:
        levels.last.check()
        viewer.wait_until("terrella.snapshot().color !== 'topic_1'")


UNDER_A_NAME = """() => {
    const { sight } = terrella.view;
    const places = [...sight.itemsInView(500)].map((item) => ({ item, ...sight.screenOf(item) }));
    const names = [...document.querySelectorAll(".map-label b")].map((name) => name.getBoundingClientRect());
    const room = ({ item, x, y }) =>
        Math.min(...places.map((one) => one.item === item ? 1e9 : Math.hypot(one.x - x, one.y - y)));
    const under = places.filter(({ x, y }) => document.elementFromPoint(x, y)?.id === "map" && names.some(
        ({ left, right, top, bottom }) => x > left && x < right && Math.abs(y - (top + bottom) / 2) < 6));
    const [widest] = under.sort((a, b) => room(b) - room(a));
    return widest && room(widest) > 40 ? [widest.item, widest.x, widest.y] : null;
}"""


def test_an_item_that_stands_apart_is_pointed_at_through_a_name(
    texts: str, open_map: Callable[..., Any]
) -> None:
    viewer = open_map(texts)
    page = viewer.page
    viewer.wait_until("terrella.snapshot().labelsSettled && terrella.snapshot().labels.length > 2")
    x, y = place_of_name(viewer, page.evaluate(NAMES_IN_REACH)[0])
    under = None
    for _ in range(12):
        viewer.view("zoomBy(1.4, it)", {"x": x, "y": y})
        viewer.settle()
        if under := page.evaluate(UNDER_A_NAME):
            break
    assert under, "no name ever stands over an item that is seen by itself"
    item, x, y = under
    page.mouse.move(x, y)
    viewer.wait_until(f"terrella.snapshot().hovered === {item}")
    assert page.locator(".map-label.pointed").count() == 0
    page.mouse.click(x, y)
    viewer.wait_until(f"terrella.snapshot().selected === {item}")
    assert viewer.state()["isolated"] == []
