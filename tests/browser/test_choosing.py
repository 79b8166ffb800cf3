"""Lasso, box, brush, keys and clicks choose; the rest dims; a link carries it, undo takes it back."""

from __future__ import annotations

import csv
import math
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

if TYPE_CHECKING:
    from conftest import MapPage

pytestmark = pytest.mark.browser

EVERYTHING = 1797


def chosen(viewer: MapPage) -> int | None:
    viewer.settle()
    return viewer.state()["chosen"]


def draw(viewer: MapPage, points: list[tuple[float, float]]) -> None:
    mouse = viewer.page.mouse
    mouse.move(*points[0])
    mouse.down()
    for x, y in points[1:]:
        mouse.move(x, y)
    mouse.up()
    viewer.settle()


def circle(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    turns = [2 * math.pi * k / 24 for k in range(25)]
    return [(x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns]


def test_a_lasso_chooses_what_it_goes_around_and_dims_the_rest(viewer: MapPage) -> None:
    before = viewer.pixels()
    viewer.page.get_by_role("button", name="Lasso").click()
    draw(viewer, circle(480, 330, 90))
    inside = viewer.page.evaluate(
        """() => {
            const view = window.terrella.view;
            let count = 0;
            for (let item = 0; item < 1797; item++) {
                const { x, y } = view.sight.screenOf(item);
                if (Math.hypot(x - 480, y - 330) < 90) count++;
            }
            return count;
        }"""
    )
    assert chosen(viewer) == pytest.approx(inside, abs=12)
    assert viewer.stats()["points"] == EVERYTHING
    assert viewer.stats()["bright"] == chosen(viewer)
    assert abs(viewer.pixels() - before).mean() > 0.5


def test_shift_adds_alt_takes_away_and_all_of_it_is_taken_back(viewer: MapPage) -> None:
    page = viewer.page
    page.keyboard.press("e")
    draw(viewer, [(400, 250), (480, 330)])
    first = chosen(viewer)
    page.keyboard.down("Shift")
    draw(viewer, [(480, 250), (560, 330)])
    page.keyboard.up("Shift")
    second = chosen(viewer)
    page.keyboard.down("Alt")
    draw(viewer, [(400, 250), (480, 330)])
    page.keyboard.up("Alt")
    third = chosen(viewer)
    assert first
    assert second
    assert third
    assert first < second
    assert abs(second - first - third) <= 3
    for expected in (second, first, None):
        page.keyboard.press("Control+z")
        assert chosen(viewer) == expected
    page.keyboard.press("Control+y")
    assert chosen(viewer) == first


def test_a_brush_paints_and_its_size_changes(viewer: MapPage) -> None:
    page = viewer.page
    page.keyboard.press("p")
    path = [(420.0, 300.0), (470.0, 320.0), (520.0, 300.0)]
    draw(viewer, path)
    small = chosen(viewer)
    for _ in range(4):
        page.keyboard.press("]")
    draw(viewer, path)
    large = chosen(viewer)
    assert small
    assert large
    assert large > small
    assert page.locator(".brush-circle").count() == 1
    page.keyboard.press("Escape")
    assert viewer.state()["tool"] == "move"
    assert chosen(viewer) == large


def test_the_keyboard_alone_chooses(viewer: MapPage) -> None:
    page = viewer.page
    page.keyboard.press("z")
    assert chosen(viewer) == EVERYTHING
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Enter")
    assert chosen(viewer) == 1
    page.keyboard.press("i")
    assert chosen(viewer) == EVERYTHING - 1
    page.keyboard.press("Escape")
    assert chosen(viewer) is None
    viewer.page.get_by_test_id("legend").get_by_role("button", name="3").first.click()
    page.keyboard.press("Control+a")
    assert chosen(viewer) == 183


def test_shift_and_click_put_single_items_in_and_out(viewer: MapPage) -> None:
    for item in (5, 9):
        viewer.view("flyTo(it)", item)
        viewer.settle()
        place = viewer.view("sight.screenOf(it)", item)
        viewer.page.keyboard.down("Shift")
        viewer.page.mouse.click(place["x"], place["y"])
        viewer.page.keyboard.up("Shift")
    assert chosen(viewer) == 2
    assert viewer.state()["selected"] is None


def test_a_link_brings_the_selection_back_and_back_takes_it_away(viewer: MapPage) -> None:
    viewer.page.keyboard.press("e")
    draw(viewer, [(400, 250), (560, 400)])
    count = chosen(viewer)
    viewer.wait_until("location.hash.includes('chosen=')")
    link = viewer.page.url
    viewer.page.go_back()
    viewer.wait_until("window.terrella.snapshot().chosen === null")
    viewer.page.goto("about:blank")
    viewer.open(link)
    assert chosen(viewer) == count


def test_the_selection_page_says_what_is_special_tags_and_exports(viewer: MapPage) -> None:
    page = viewer.page
    page.get_by_test_id("legend").get_by_role("button", name="3").first.click()
    page.keyboard.press("Control+a")
    page.get_by_role("tab", name="Selection").click()
    assert "183" in page.get_by_test_id("chosen-count").inner_text()
    special = page.get_by_role("region", name="What is special here")
    special.get_by_text("only here").first.wait_for()
    assert "label 3" in " ".join(special.inner_text().split())
    page.locator("#tag-name").fill("threes <b>")
    page.keyboard.press("Enter")
    assert viewer.state()["tags"] == [{"name": "threes <b>", "color": 0, "count": 183}]
    with page.expect_download() as started:
        page.get_by_role("button", name="Parquet").click()
    assert pq.read_table(started.value.path()).num_rows == 183
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV").click()
    with started.value.path().open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 183
    assert {(row["label"], row["tags"]) for row in rows} == {("3", "threes <b>")}
    page.keyboard.press("Escape")
    page.wait_for_timeout(900)  # the tags are kept when they have rested
    viewer.open(page.url.split("#")[0])
    viewer.wait_until("window.terrella.snapshot().tags.length === 1")
    page.get_by_role("tab", name="Selection").click()
    page.get_by_role("button", name="Choose the 183 items tagged threes <b>").click()
    assert chosen(viewer) == 183
    page.get_by_role("button", name="Change the tag threes <b>").click()
    page.get_by_role("button", name="Delete the tag threes <b>").click()
    assert viewer.state()["tags"] == []
    page.keyboard.press("Control+z")
    assert len(viewer.state()["tags"]) == 1
    page.keyboard.press("Control+y")
    page.wait_for_timeout(900)


def test_the_table_lists_sorts_and_is_tied_to_the_map(viewer: MapPage) -> None:
    page = viewer.page
    page.keyboard.press("b")
    grid = page.get_by_role("grid")
    grid.wait_for()
    viewer.wait_until("document.querySelector('[role=grid]').getAttribute('aria-rowcount') > 1")
    assert page.locator(".table-body .table-row").count() < 60
    grid.get_by_role("columnheader").get_by_role("button", name="label").click()
    viewer.wait_until("document.querySelector('#row-0')?.innerText.trim().startsWith('0')")
    grid.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    state = viewer.state()
    assert state["chosen"] == 2
    assert state["selected"] is not None
    assert state["hovered"] == state["selected"]
    assert "table=" in page.url
    page.get_by_role("button", name="Close the table").click()
    assert viewer.state()["table"] is False


def test_a_scattered_selection_travels_in_a_link(viewer: MapPage) -> None:
    scatter = """every => {
        let seed = 3;
        const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
        window.terrella.state.chosen.value = new Uint8Array(1797).map(() => (next() < every ? 1 : 0));
    }"""
    viewer.page.evaluate(scatter, 0.4)
    viewer.wait_until("location.hash.includes('chosen=')")
    count = chosen(viewer)
    link = viewer.page.url
    viewer.page.goto("about:blank")
    viewer.open(link)
    assert chosen(viewer) == count
