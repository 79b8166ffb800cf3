"""The selection language in the viewer: it chooses the rows that Python and the server choose."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import expect

import terrella
from terrella.bundle import read_bundle

pytestmark = pytest.mark.browser

Chosen = Callable[[Any], set[int]]


@pytest.fixture(scope="module")
def rows_of(home: Path) -> Chosen:
    """Return the dataset's rows that a page has chosen, or where it has chosen none, has lit."""
    order = read_bundle(home / "datasets" / "digits" / "maps" / "main").order

    def rows_of(viewer: Any) -> set[int]:
        marks = viewer.page.evaluate(
            "Array.from(terrella.state.chosen.value ?? terrella.state.passing.value ?? [])"
        )
        return set(order[np.flatnonzero(marks)].tolist())

    return rows_of


def written(viewer: Any) -> dict[str, Any]:
    """Copy what is chosen as a selection, and return it as it stands in the field."""
    page = viewer.page
    page.get_by_role("tab", name="Selection").click()
    page.get_by_role("button", name="Copy as selection").click()
    field = page.get_by_label("The selection", exact=True)
    field.wait_for()
    return json.loads(field.input_value())


def stroke(viewer: Any, key: str, *points: tuple[int, int], hold: str | None = None) -> None:
    """Draw with a tool, and put it down."""
    page = viewer.page
    page.keyboard.press(key)
    if hold:
        page.keyboard.down(hold)
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=6)
    page.mouse.up()
    if hold:
        page.keyboard.up(hold)
    page.keyboard.press("v")
    viewer.settle()


def over_http(address: str, selection: dict[str, Any]) -> set[int]:
    body = json.dumps({"selection": selection, "limit": 10_000}).encode()
    headers = {"Content-Type": "application/json", "Origin": address}
    request = urllib.request.Request(f"{address}/api/datasets/digits/select", body, headers)
    with urllib.request.urlopen(request) as answer:
        return set(json.load(answer)["rows"])


LASSO = ((330, 180), (680, 160), (700, 420), (500, 520), (320, 400))
BOX = ((380, 250), (640, 560))


def lasso(viewer: Any) -> None:
    stroke(viewer, "l", *LASSO)


def box_and_lasso(viewer: Any) -> None:
    stroke(viewer, "e", *BOX)
    stroke(viewer, "l", *LASSO, hold="Alt")


def filtered_box(viewer: Any) -> None:
    stroke(viewer, "e", *BOX)
    viewer.page.keyboard.press("i")


def taken_back(viewer: Any) -> None:
    lasso(viewer)
    viewer.page.keyboard.press("i")
    viewer.page.keyboard.press("Control+z")
    viewer.page.keyboard.press("Control+z")
    viewer.page.keyboard.press("Control+y")


def brush(viewer: Any) -> None:
    stroke(viewer, "p", (400, 300), (600, 420))


def whole_view(viewer: Any) -> None:
    viewer.page.evaluate("terrella.view.zoomBy(3)")
    viewer.settle()
    viewer.page.keyboard.press("z")


def by_legend(viewer: Any) -> None:
    viewer.page.get_by_test_id("legend").get_by_role("button", name="4").first.click()


def nothing_more(viewer: Any) -> None:
    """The link has done it."""


CHOICES: tuple[tuple[str, Callable[[Any], None], set[str]], ...] = (
    ("", lasso, {"lasso"}),
    ("", box_and_lasso, {"all", "not", "lasso"}),
    ("#where=label|3|5|8", filtered_box, {"all", "not", "lasso", "values"}),
    ("#projection=pca&where=!label|1", lasso, {"all", "not", "lasso", "values"}),
    ("", taken_back, {"lasso"}),
    ("", whole_view, {"lasso"}),
    ("", brush, {"ids"}),
    ("", by_legend, {"values"}),
    ("#where=label|3&where=split|train&match=any", nothing_more, set()),
    ("#like=12&reach=40", nothing_more, {"vector_search"}),
    ("#find=1", nothing_more, {"search"}),
    ("#find=/^1%5B0-4%5D/", nothing_more, {"search"}),
)


@pytest.mark.parametrize(("fragment", "act", "forms"), CHOICES)
def test_what_the_viewer_writes_means_the_same_everywhere(
    fragment: str,
    act: Callable[[Any], None],
    forms: set[str],
    open_map: Callable[..., Any],
    rows_of: Chosen,
    home: Path,
    address: str,
) -> None:
    viewer = open_map("digits", fragment, viewport={"width": 1000, "height": 700})
    act(viewer)
    viewer.wait_until("(terrella.state.chosen.value ?? terrella.state.passing.value) !== null")
    viewer.wait_until("terrella.snapshot().search?.state !== 'searching'")
    selection = written(viewer)
    chosen = rows_of(viewer)
    assert chosen
    assert forms <= kinds_of(selection)
    assert over_http(address, selection) == chosen
    assert set(terrella.open("digits", home=home).select(selection).tolist()) == chosen


def kinds_of(selection: Any) -> set[str]:
    """Return the names of all conditions in a selection."""
    if isinstance(selection, list):
        return set().union(*map(kinds_of, selection))
    if not isinstance(selection, dict):
        return set()
    kinds = set(selection)
    return kinds.union(*(kinds_of(selection[kind]) for kind in kinds & {"all", "any", "not"}))


SELECTIONS: tuple[dict[str, Any], ...] = (
    {"values": {"field": "label", "in": ["3", 5]}},
    {
        "all": [
            {"vector_search": {"item": "7", "k": 200}},
            {"not": {"values": {"field": "label", "in": ["0"]}}},
        ]
    },
    {"lasso": {"projection": "pca", "polygon": [[-20, -20], [20, -20], [0, 20]]}},
    {"ids": ["0", "17", "1700"]},
)


@pytest.mark.parametrize("selection", SELECTIONS)
def test_a_selection_opens_as_what_it_means(
    selection: dict[str, Any], open_map: Callable[..., Any], rows_of: Chosen, home: Path
) -> None:
    wanted = set(terrella.open("digits", home=home).select(selection).tolist())
    assert wanted
    viewer = open_map()
    page = viewer.page
    page.get_by_role("tab", name="Selection").click()
    page.get_by_role("button", name="Open a selection").click()
    page.get_by_label("Paste a selection").fill(json.dumps(selection))
    page.get_by_role("button", name="Choose what it means").click()
    viewer.wait_until("terrella.state.chosen.value !== null")
    assert rows_of(viewer) == wanted
    assert written(viewer) == selection
    linked = open_map("digits", "#" + urlencode({"select": json.dumps(selection)}))
    linked.wait_until("terrella.state.chosen.value !== null")
    assert rows_of(linked) == wanted


def test_what_is_no_selection_is_said(open_map: Callable[..., Any]) -> None:
    viewer = open_map()
    page = viewer.page
    page.get_by_role("tab", name="Selection").click()
    page.get_by_role("button", name="Open a selection").click()
    field = page.get_by_label("Paste a selection")
    for text, said in (
        ("{", "no JSON"),
        ('{"tags": 1}', "there are all, any, not"),
        ('{"tag": "x"}', "has no tag"),
    ):
        field.fill(text)
        field.press("Control+Enter")
        expect(page.locator(".in-words .trouble")).to_contain_text(said)
    assert viewer.state()["chosen"] is None
