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
    assert {word.capitalize() for word in WORDS} & set(labels)


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
