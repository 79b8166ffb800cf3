"""Filters: facets, brushes, chips, links, keys. Colours: scales, ramps, and the categories left over."""

from __future__ import annotations

import itertools
import math
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from conftest import MapPage, OpenMap

pytestmark = pytest.mark.browser

COUNT = 900
KINDS = ("tea", "coffee", "cocoa")


def wares() -> dict[str, list[Any]]:
    """Return the columns of a table with everything that can be filtered by."""
    random = np.random.default_rng(5)
    kind = random.integers(0, len(KINDS), COUNT)
    price = np.exp(random.normal(kind, 1.5))
    start = datetime(2015, 1, 1, tzinfo=UTC)
    return {
        "kind": [KINDS[k] if i % 10 else None for i, k in enumerate(kind)],
        "shop": [f"shop {min(int(shop), 59)}" for shop in random.zipf(1.5, COUNT)],
        "price": [float(value) if i % 9 else None for i, value in enumerate(price)],
        "grams": [int(value) for value in random.integers(1, 40, COUNT)],
        "sold": [start + timedelta(days=int(day)) for day in random.integers(0, 1000, COUNT)],
        "vector": [
            [float(k == c) + float(noise) for c, noise in enumerate(random.normal(0, 0.2, 3))] for k in kind
        ],
    }


@pytest.fixture(scope="session")
def table() -> dict[str, list[Any]]:
    return wares()


@pytest.fixture(scope="session")
def wares_name(
    make: Callable[..., object], table: dict[str, list[Any]], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of the map of the wares."""
    file = tmp_path_factory.mktemp("wares") / "wares.parquet"
    pq.write_table(pa.table(table), file)
    make("map", str(file), "--vectors", "vector", "--projection", "pca")
    return "wares"


@pytest.fixture
def wares_map(open_map: OpenMap, wares_name: str) -> MapPage:
    return open_map(wares_name, viewport={"width": 1200, "height": 800})


def filters(viewer: MapPage) -> dict[str, Any]:
    """The filters when the map has followed them."""
    viewer.wait_until("!window.terrella.snapshot().filters.pending")
    viewer.settle()
    return viewer.state()["filters"]


def facet(viewer: MapPage, title: str) -> Locator:
    return viewer.page.locator(".facet").filter(has=viewer.page.get_by_role("button", name=title, exact=True))


def count_beside(viewer: MapPage, title: str, value: str) -> int:
    row = facet(viewer, title).locator(".value").filter(has_text=re.compile(f"^{value}"))
    return int(row.locator(".value-count").inner_text().replace(",", ""))


def draw(viewer: MapPage, column: str, start: float, end: float) -> None:
    """Draw a stretch over a column's histogram."""
    brush = viewer.page.get_by_test_id(f"brush-{column}")
    brush.scroll_into_view_if_needed()
    box = brush.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    viewer.page.mouse.move(box["x"] + start * box["width"], middle)
    viewer.page.mouse.down()
    viewer.page.mouse.move(box["x"] + (start + end) / 2 * box["width"], middle)
    viewer.page.mouse.move(box["x"] + end * box["width"], middle)
    viewer.page.mouse.up()


def test_values_filter_and_every_facet_counts_what_the_others_leave(
    wares_map: MapPage, table: dict[str, list[Any]]
) -> None:
    page = wares_map.page
    page.get_by_role("tab", name="Filters").click()
    facet(wares_map, "kind").get_by_role("button", name=re.compile("^tea")).click()
    now = filters(wares_map)
    tea = [i for i, kind in enumerate(table["kind"]) if kind == "tea"]
    assert (now["where"], now["matching"]) == (["kind|tea"], len(tea))
    stats = wares_map.stats()
    assert (stats["points"], stats["bright"]) == (COUNT, len(tea))
    # The facet's own bars keep their counts, so that one can widen it; the others show what is left.
    assert count_beside(wares_map, "kind", "coffee") == table["kind"].count("coffee")
    assert count_beside(wares_map, "price", "no value") == sum(table["price"][i] is None for i in tea)
    facet(wares_map, "kind").get_by_role("button", name=re.compile("^no value")).click()
    assert filters(wares_map)["matching"] == len(tea) + table["kind"].count(None)
    facet(wares_map, "kind").get_by_role("button", name="Keep the others of kind").click()
    both = table["kind"].count("coffee") + table["kind"].count("cocoa")
    assert filters(wares_map)["matching"] == both


def test_a_brush_keeps_a_stretch_that_moves_and_goes(wares_map: MapPage, table: dict[str, list[Any]]) -> None:
    page = wares_map.page
    page.keyboard.press("w")
    dark = wares_map.pixels()
    draw(wares_map, "grams", 0.25, 0.5)
    where = filters(wares_map)["where"][0]
    low, high = (int(end) for end in where.removeprefix("grams|").split(".."))
    assert 8 <= low <= 12
    assert 17 <= high <= 22
    expected = sum(low <= grams <= high for grams in table["grams"])
    assert filters(wares_map)["matching"] == expected
    assert abs(wares_map.pixels() - dark).mean() > 0.3
    draw(wares_map, "grams", 0.35, 0.85)  # by its middle: it moves
    moved = filters(wares_map)["where"][0].removeprefix("grams|").split("..")
    assert int(moved[0]) > high - 3
    page.get_by_label("grams, from", exact=True).last.fill("3")
    page.keyboard.press("Tab")
    assert filters(wares_map)["where"][0].startswith("grams|3..")
    draw(wares_map, "grams", 0.01, 0.012)  # a click beside it takes it away
    assert filters(wares_map)["where"] == []
    assert wares_map.stats()["bright"] == COUNT


def test_times_and_missing_values_are_filtered(wares_map: MapPage, table: dict[str, list[Any]]) -> None:
    wares_map.page.keyboard.press("w")
    draw(wares_map, "sold", 0.5, 1.2)
    where = filters(wares_map)["where"][0]
    first = datetime.fromisoformat(where.removeprefix("sold|").removesuffix("..")).replace(tzinfo=UTC)
    assert filters(wares_map)["matching"] == sum(sold >= first for sold in table["sold"])
    facet(wares_map, "price").get_by_role("button", name=re.compile("^no value")).click()
    expected = sum(
        sold >= first and price is None for sold, price in zip(table["sold"], table["price"], strict=True)
    )
    assert filters(wares_map)["matching"] == expected
    wares_map.page.locator(".match-choice").select_option(label="any of these")
    expected = sum(
        sold >= first or price is None for sold, price in zip(table["sold"], table["price"], strict=True)
    )
    assert filters(wares_map)["matching"] == expected
    wares_map.page.keyboard.press("Escape")
    wares_map.page.get_by_role("button", name="Invert").click()
    assert filters(wares_map)["matching"] == COUNT - expected


def test_chips_say_why_items_are_dim_and_clear(wares_map: MapPage) -> None:
    page = wares_map.page
    page.get_by_test_id("legend").get_by_role("button").first.click()
    page.keyboard.press("w")
    facet(wares_map, "kind").get_by_role("button", name=re.compile("^cocoa")).click()
    filters(wares_map)
    chips = page.locator(".chip")
    assert chips.count() == 2
    page.get_by_role("button", name="Clear kind: cocoa").click()
    assert filters(wares_map)["where"] == []
    facet(wares_map, "kind").get_by_role("button", name=re.compile("^cocoa")).click()
    page.get_by_label("What stays bright").get_by_role("button", name="Clear all").click()
    wares_map.settle()
    assert (wares_map.stats()["bright"], chips.count()) == (COUNT, 0)


def test_a_link_brings_filters_and_colours_back_and_back_goes_a_step(
    open_map: OpenMap, wares_name: str
) -> None:
    link = "#color=price&ramp=cividis&scale=quantile&where=kind|tea&where=grams|5..20&match=any"
    wares_map = open_map(wares_name, link)
    page = wares_map.page
    first = filters(wares_map)
    assert (first["where"], first["match"]) == (["kind|tea", "grams|5..20"], "any")
    assert page.evaluate("location.hash") == link
    pixels = wares_map.pixels()
    page.keyboard.press("x")
    assert filters(wares_map)["where"] == []
    page.go_back()
    assert filters(wares_map)["where"] == first["where"]
    assert abs(wares_map.pixels() - pixels).max() <= 2


def test_filters_by_keys_alone(wares_map: MapPage, table: dict[str, list[Any]]) -> None:
    page = wares_map.page
    page.keyboard.press("w")
    slider = page.get_by_role("slider", name="grams, from")
    slider.wait_for()
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert filters(wares_map)["matching"] == sum(grams >= 5 for grams in table["grams"])
    assert slider.get_attribute("aria-valuetext") == "≥ 5"
    page.keyboard.press("Shift+X")
    assert filters(wares_map)["matching"] == sum(grams < 5 for grams in table["grams"])
    page.keyboard.press("Delete")
    assert filters(wares_map)["where"] == []


def test_numbers_are_coloured_by_linear_log_and_quantile_scales(wares_map: MapPage) -> None:
    page = wares_map.page
    page.get_by_label("Colour by").select_option(label="price")
    wares_map.settle()
    seen = []
    for scale in ("linear", "log", "quantile"):
        page.get_by_role("radio", name=scale).check(force=True)
        wares_map.settle()
        page.wait_for_timeout(100)
        seen.append(wares_map.pixels())
    assert all(abs(a - b).mean() > 0.05 for a, b in itertools.pairwise(seen))
    page.get_by_role("radio", name="Fire").check(force=True)
    wares_map.settle()
    assert abs(wares_map.pixels() - seen[-1]).mean() > 0.05
    draw(wares_map, "price", 0.5, 1.2)  # the colour bar filters, too
    matching = filters(wares_map)["matching"]
    assert math.isclose(matching, 0.5 * 8 / 9 * COUNT, rel_tol=0.1)


def test_categories_without_a_colour_of_their_own_are_isolated_together(
    wares_map: MapPage, table: dict[str, list[Any]]
) -> None:
    page = wares_map.page
    page.get_by_label("Colour by").select_option(label="shop")
    wares_map.settle()
    legend = page.get_by_test_id("legend")
    legend.get_by_role("button", name=re.compile(r"^\d+ other")).click()
    wares_map.settle()
    sizes = sorted((table["shop"].count(shop) for shop in set(table["shop"])), reverse=True)
    assert wares_map.stats()["bright"] == sum(sizes[20:])
    assert "others=1" in page.evaluate("location.hash")
