"""Finding: an item's neighbours, texts and patterns, items alike, an image; with and without the server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator

if TYPE_CHECKING:
    from conftest import MapPage

pytestmark = pytest.mark.browser

TEXTS = (
    ("the harbour lay still, one ship under sail", "sea"),
    ("bread from the oven, flour on the board", "kitchen"),
    ("a cello and a violin, bow on string", "music"),
)


@pytest.fixture(scope="session")
def tales(make: Callable[..., object], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A map of a hundred and fifty short texts; its name."""
    table = tmp_path_factory.mktemp("tales") / "tales.csv"
    lines = [
        f'"{TEXTS[number % 3][0]}, tale {number}",{TEXTS[number % 3][1]},{number}' for number in range(150)
    ]
    table.write_text("\n".join(["text,kind,number", *lines]))
    make("map", str(table), "--text", "text", "--label", "kind")
    return "tales"


def pin(viewer: MapPage, item: int) -> None:
    viewer.page.evaluate("item => { terrella.state.selected.value = item }", item)
    wait_for_kin(viewer, item)


def wait_for_kin(viewer: MapPage, item: int) -> None:
    viewer.wait_until(f"terrella.state.selected.value === {item} && terrella.snapshot().kin.items.length > 0")


def kin(viewer: MapPage) -> dict[str, Any]:
    return viewer.state()["kin"]


def cells(viewer: MapPage) -> Locator:
    return viewer.page.get_by_test_id("kin").locator(".kin-cell")


def found(viewer: MapPage, state: str = "here") -> dict[str, Any]:
    viewer.wait_until(f"terrella.snapshot().search?.state === '{state}'")
    return viewer.state()["search"]


def test_a_pinned_item_shows_its_neighbours_in_a_grid_and_on_the_map(viewer: MapPage, address: str) -> None:
    pin(viewer, 7)
    assert cells(viewer).count() == 9
    assert kin(viewer)["distances"] == sorted(kin(viewer)["distances"])
    lines = viewer.page.get_by_test_id("links").locator("path").first
    drawn = lines.get_attribute("d")
    assert drawn is not None
    assert drawn.count("L") == 9
    viewer.settle()
    ringed = viewer.pixels()
    viewer.page.evaluate("terrella.state.selected.value = null")
    viewer.settle()
    assert abs(viewer.pixels() - ringed).max() > 60
    assert viewer.page.get_by_test_id("links").count() == 0


def test_from_two_by_two_to_ten_by_ten_and_a_link_says_so(viewer: MapPage) -> None:
    pin(viewer, 7)
    near = kin(viewer)["items"]
    viewer.page.get_by_role("button", name="Fewer neighbours").click()
    viewer.wait_until("terrella.snapshot().kin.items.length === 4")
    for _ in range(8):
        viewer.page.get_by_role("button", name="More neighbours").click()
    viewer.wait_until("terrella.snapshot().kin.items.length === 100")
    assert kin(viewer)["side"] == 10
    assert kin(viewer)["items"][:9] == near
    assert "kin=space.10" in viewer.page.evaluate("location.hash")


def test_each_neighbour_leads_to_its_item(viewer: MapPage) -> None:
    pin(viewer, 7)
    second = kin(viewer)["items"][1]
    cell = cells(viewer).nth(1)
    cell.hover()
    viewer.wait_until(f"terrella.snapshot().kin.pointed === {second}")
    cell.focus()
    viewer.page.keyboard.press("Enter")
    wait_for_kin(viewer, second)


def test_on_the_map_and_in_the_group(viewer: MapPage) -> None:
    pin(viewer, 7)
    viewer.page.keyboard.press("k")
    viewer.wait_until(
        "terrella.snapshot().kin.relation === 'map' && terrella.snapshot().kin.items.length === 9"
    )
    places = viewer.page.evaluate(
        "[7, ...terrella.snapshot().kin.items].map(item => terrella.view.sight.screenOf(item))"
    )
    apart = [
        ((one["x"] - places[0]["x"]) ** 2 + (one["y"] - places[0]["y"]) ** 2) ** 0.5 for one in places[1:]
    ]
    assert apart == sorted(apart)
    labels = viewer.page.evaluate(
        "Array.from({ length: 1797 }, (_, item) => terrella.state.coloring.value.codeOf(item))"
    )
    for relation in ("closest", "farthest", "random"):
        viewer.page.get_by_label("Shown with").select_option(relation)
        viewer.wait_until(
            f"terrella.snapshot().kin.relation === '{relation}' && terrella.snapshot().kin.items.length === 9"
        )
        viewer.page.wait_for_timeout(150)
        assert {labels[item] for item in kin(viewer)["items"]} == {labels[7]}
    before = kin(viewer)["items"]
    viewer.page.get_by_role("button", name="Draw others").click()
    viewer.wait_until(f"terrella.snapshot().kin.items.join() !== '{','.join(map(str, before))}'")


def test_more_like_it_with_a_slider(viewer: MapPage) -> None:
    pin(viewer, 7)
    viewer.page.keyboard.press("m")
    answer = found(viewer)
    assert answer["by"] == "item"
    assert answer["distances"] == sorted(answer["distances"])
    viewer.settle()
    assert viewer.stats()["bright"] == answer["reach"] + 1
    slider = viewer.page.get_by_role("slider", name="Similarity")
    slider.focus()
    for _ in range(10):
        viewer.page.keyboard.press("ArrowRight")
    viewer.settle()
    assert viewer.stats()["bright"] < answer["reach"]
    assert viewer.stats()["points"] == 1797
    assert "like=7" in viewer.page.evaluate("location.hash")


def test_without_a_server_the_graph_answers(open_map: Any) -> None:
    def cut(page: Any) -> None:
        page.route("**/api/**", lambda route: route.abort())

    viewer = open_map("digits", "#like=7", prepare=cut)
    answer = found(viewer)
    assert answer["count"] == 500
    viewer.page.evaluate("terrella.state.kin.choice.value = { relation: 'space', side: 6, roll: 0 }")
    pin(viewer, 7)
    viewer.wait_until("terrella.snapshot().kin.items.length === 36")
    assert "graph" in viewer.page.get_by_test_id("kin").inner_text()


def test_a_text_is_found_while_it_is_typed(open_map: Any, tales: str) -> None:
    viewer = open_map(tales, "")
    viewer.page.keyboard.press("/")
    viewer.page.keyboard.type("Under SAIL")
    assert found(viewer)["count"] == 50
    viewer.settle()
    assert viewer.stats()["bright"] == 50
    results = viewer.page.get_by_test_id("results")
    assert results.locator("mark").first.inner_text() == "under sail"
    first = viewer.state()["search"]["first"][0]
    results.locator(".line-button").first.click()
    assert viewer.state()["selected"] == first
    viewer.page.keyboard.press("n")
    assert viewer.state()["selected"] == viewer.state()["search"]["first"][1]
    viewer.page.keyboard.press("Escape")
    viewer.page.keyboard.press("Escape")
    viewer.settle()
    assert viewer.state()["search"] is None
    assert viewer.stats()["bright"] == 150


@pytest.mark.parametrize(
    ("typed", "count"), [("/tale 1[0-4]\\d?$/", 55), ("/^BREAD/i", 50), ("/^BREAD/", 0), ("no such words", 0)]
)
def test_patterns(open_map: Any, tales: str, typed: str, count: int) -> None:
    viewer = open_map(tales, "")
    viewer.page.locator("#search-field").fill(typed)
    viewer.wait_until("terrella.snapshot().search?.state === 'here'")
    assert viewer.state()["search"]["count"] == count


def test_a_broken_pattern_is_said_to_be_one(open_map: Any, tales: str) -> None:
    viewer = open_map(tales, "")
    viewer.page.locator("#search-field").fill("/(/")
    assert "no regular expression" in found(viewer, "failed")["message"]
    assert viewer.stats()["bright"] == 150


def test_words_alike_and_a_vector(open_map: Any, tales: str) -> None:
    viewer = open_map(tales, "")
    viewer.page.locator("#search-field").focus()
    viewer.page.get_by_role("radio", name="Alike").check(force=True)
    viewer.page.locator("#search-field").fill("flour and bread")
    viewer.page.keyboard.press("Enter")
    answer = found(viewer)
    assert answer["by"] == "words"
    viewer.page.get_by_test_id("results").locator(".line").first.get_by_text("flour on the board").wait_for()
    link = viewer.page.evaluate("location.hash")
    assert "words=flour+and+bread" in link
    again = open_map(tales, link)
    assert found(again)["first"] == answer["first"]


def test_a_dropped_image_finds_its_like(viewer: MapPage, address: str, tmp_path: Path) -> None:
    picture = tmp_path / "three.png"
    picture.write_bytes(viewer.page.request.get(f"{address}/api/maps/digits/images/42").body())
    viewer.page.get_by_test_id("search-image").set_input_files(picture)
    viewer.wait_until(
        "terrella.snapshot().search?.by === 'vector' && terrella.snapshot().search.state === 'here'"
    )
    assert viewer.state()["search"]["first"][0] == 42
    assert "vector=" in viewer.page.evaluate("location.hash")
    drop = """bytes => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], "seven.png", { type: "image/png" }));
        for (const type of ["dragenter", "dragover", "drop"])
            dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    other = viewer.page.request.get(f"{address}/api/maps/digits/images/77").body()
    viewer.page.evaluate(drop, list(other))
    viewer.wait_until("terrella.snapshot().search?.first[0] === 77")


def test_what_is_no_image_is_refused_in_words(open_map: Any, tmp_path: Path) -> None:
    viewer = open_map("digits")
    fake = tmp_path / "fake.png"
    fake.write_bytes(b"not an image")
    viewer.page.get_by_test_id("search-image").set_input_files(fake)
    assert "no image" in found(viewer, "failed")["message"]
    assert viewer.stats()["bright"] == 1797


def test_markup_that_is_searched_for_stays_text(open_map: Any, hostile: str) -> None:
    viewer = open_map(hostile, "")
    viewer.page.locator("#search-field").fill("<img src=x")
    assert found(viewer)["count"] > 0
    results = viewer.page.get_by_test_id("results")
    results.locator("mark").first.wait_for()
    results.locator(".line-button").first.click()
    viewer.wait_until("terrella.snapshot().kin.items.length > 0")
    viewer.page.wait_for_timeout(200)
    assert viewer.page.locator("img[src='x'], #panels script").count() == 0
    assert viewer.page.evaluate("window.attacked") is None


def test_a_list_that_is_no_vector_and_a_file_that_is_no_image_are_explained(viewer: MapPage) -> None:
    viewer.page.get_by_role("radio", name="Vector").check(force=True)
    viewer.page.locator("#search-field").fill("hello")
    viewer.page.keyboard.press("Enter")
    assert "list of numbers" in viewer.state()["notice"]
    assert viewer.state()["search"] is None


def test_a_text_is_looked_for_in_the_fields_that_are_on(open_map: Any, tales: str) -> None:
    viewer = open_map(tales, "#find=sea")
    assert found(viewer)["count"] == 50  # of one kind
    viewer.page.locator(".search-fields summary").click()
    viewer.page.get_by_label("kind", exact=True).uncheck()
    viewer.wait_until("terrella.snapshot().search?.count === 0")
    assert found(viewer)["count"] == 0
    viewer.wait_until("location.hash.includes('within=')")
    link = viewer.page.url
    viewer.page.goto("about:blank")
    viewer.open(link)
    assert found(viewer)["count"] == 0
