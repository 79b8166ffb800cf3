"""SQL in the viewer: an answer is a table or a chart, its items are chosen, a link carries the question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import MapPage

pytestmark = pytest.mark.browser

EVERYTHING = 1797


def ask(viewer: MapPage, query: str | None = None) -> None:
    """Ask, and wait for the answer."""
    page = viewer.page
    if query is not None:
        page.get_by_role("textbox", name="SQL").fill(query)
    page.get_by_role("button", name="Run").click()
    page.locator(".sql-answer [role=status]", has_text="ms").or_(
        page.locator(".sql-answer .trouble")
    ).wait_for()


def open_panel(viewer: MapPage) -> None:
    viewer.wait_until("document.querySelector('button[aria-label=SQL]') !== null")
    viewer.page.set_default_timeout(30_000)
    viewer.page.keyboard.press("Shift+B")
    viewer.page.get_by_role("button", name="Run").wait_for()


def test_the_first_question_counts_what_the_map_is_coloured_by(viewer: MapPage) -> None:
    open_panel(viewer)
    ask(viewer)
    table = viewer.page.locator(".sql-table")
    assert table.locator("th").all_inner_texts() == ["label", "items"]
    counts = [int(text) for text in table.locator("tbody td:last-child").all_inner_texts()]
    assert (len(counts), sum(counts)) == (10, EVERYTHING)
    assert counts == sorted(counts, reverse=True)
    viewer.page.get_by_role("radio", name="Chart").check()
    bars = viewer.page.locator(".sql-bar > span")
    assert bars.count() == 10
    widths = bars.evaluate_all("bars => bars.map((bar) => bar.getBoundingClientRect().width)")
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] / widths[0] == pytest.approx(counts[-1] / counts[0], abs=0.02)


def test_the_items_of_an_answer_become_the_selection(viewer: MapPage) -> None:
    open_panel(viewer)
    ask(viewer, "select id from data where label = 3 and umap_x is not null")
    button = viewer.page.get_by_role("button", name="Choose 183 items")
    button.click()
    viewer.settle()
    assert viewer.state()["chosen"] == 183
    assert viewer.stats()["bright"] == 183
    assert viewer.stats()["points"] == EVERYTHING


def test_a_mistake_is_said_and_the_answer_before_it_stays(open_map: Callable[..., MapPage]) -> None:
    viewer = open_map()
    open_panel(viewer)
    ask(viewer, "select 1 as one")
    ask(viewer, "select lable from data")
    assert "lable" in viewer.page.locator(".sql-answer .trouble").inner_text()
    assert viewer.page.locator(".sql-table td").all_inner_texts() == ["1"]
    ask(viewer, "drop table data")
    assert "only reads" in viewer.page.locator(".sql-answer .trouble").inner_text()


def test_a_link_carries_the_question_and_asks_nothing(open_map: Callable[..., MapPage]) -> None:
    viewer = open_map(fragment="#sql=select+7+as+seven")
    viewer.page.get_by_role("button", name="Run").wait_for()
    assert viewer.page.get_by_role("textbox", name="SQL").input_value() == "select 7 as seven"
    assert viewer.page.locator(".sql-table").count() == 0
    viewer.page.get_by_role("textbox", name="SQL").press("Control+Enter")
    viewer.page.locator(".sql-table").wait_for()
    assert viewer.page.locator(".sql-table td").all_inner_texts() == ["7"]


def test_keys_stay_in_the_field_and_the_table_takes_turns(viewer: MapPage) -> None:
    open_panel(viewer)
    field = viewer.page.get_by_role("textbox", name="SQL")
    field.fill("")
    field.press_sequentially("bcu1")
    assert field.input_value() == "bcu1"
    assert viewer.state()["table"] is False
    viewer.page.get_by_role("button", name="Table", exact=True).click()
    viewer.wait_until("window.terrella.snapshot().table && !window.terrella.snapshot().sql")


def test_markup_in_an_answer_stays_text(viewer: MapPage, attacks: tuple[str, ...]) -> None:
    open_panel(viewer)
    values = ", ".join("('" + attack.replace("'", "''") + "', 1)" for attack in attacks)
    ask(viewer, f"select * from (values {values}) as t(name, n)")
    assert viewer.page.locator(".sql-table td:first-child").all_inner_texts() == [*attacks]
    viewer.page.get_by_role("radio", name="Chart").check()
    viewer.page.locator(".sql-bars").wait_for()
    assert viewer.page.evaluate("window.attacked") is None


def test_dots_and_lines(viewer: MapPage) -> None:
    open_panel(viewer)
    ask(viewer, "select umap_x, umap_y from data")
    viewer.page.get_by_role("radio", name="Chart").check()
    path = viewer.page.locator(".sql-plot path")
    path.wait_for()
    assert path.get_attribute("class") == "dots"
    assert path.get_attribute("d").count("M") == 1000  # as many rows as are sent
    ask(viewer, "select date '2026-01-01' + n::int as day, n * n as square from range(30) as t(n)")
    viewer.wait_until("document.querySelector('.sql-plot path').getAttribute('class') === 'line'")
