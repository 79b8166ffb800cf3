"""Search and selection over a stored dataset and its map, as Python has them."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

import terrella
from terrella.dataset import Dataset
from terrella.errors import InputError, NotFoundError, ParameterError, SourceError, UnknownColumnError
from terrella.pipeline import find_search
from terrella.search import vector_index
from terrella.store import Tag

COUNT = 240
WORDS = ("harbour ship sail wind", "bread oven flour yeast", "violin cello bow string")


def texts() -> list[str]:
    random = np.random.default_rng(1)
    return [
        " ".join([*random.permutation(WORDS[number % 3].split()), f"word{number % 40}"])
        for number in range(COUNT)
    ]


def image(number: int) -> bytes:
    buffer = io.BytesIO()
    pixels = np.random.default_rng(number).integers(0, 60, (12, 12)).astype(np.uint8)
    pixels[number % 3 :: 4] += 180
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("searched")


@pytest.fixture(scope="module")
def stories(home: Path) -> Dataset:
    """Texts of three kinds with a map; vectors from their words."""
    records = {
        "id": [f"i{number}" for number in range(COUNT)],
        "kind": [str(number % 3) for number in range(COUNT)],
        "text": texts(),
        "stars": [number % 5 if number % 7 else None for number in range(COUNT)],
        "day": [dt.date(2024, 1, 1) + dt.timedelta(days=number) for number in range(COUNT)],
    }
    dataset = terrella.open("stories", home=home).add(records, id="id", label="kind", text="text")
    dataset.map(projections=["pca"])
    return dataset


@pytest.fixture(scope="module")
def plain(home: Path) -> Dataset:
    """Given vectors, numbers for ids, no text and no map."""
    vectors = np.random.default_rng(2).normal(size=(COUNT, 6)).astype(np.float32)
    return terrella.open("plain", home=home).add({"number": np.arange(COUNT)}, vectors=vectors, id="number")


def kinds(dataset: Dataset, rows: np.ndarray) -> set[str]:
    return set(dataset.records().column("kind").take(pa.array(rows)).to_pylist())


@pytest.mark.parametrize("by", ["words", "meaning", "hybrid", "auto"])
def test_a_text_finds_what_speaks_of_it(stories: Dataset, by: str) -> None:
    found = stories.search("yeast and flour", by=by, k=20)
    assert len(found) == 20
    assert kinds(stories, found.rows) == {"1"}
    assert found.ids == [f"i{row}" for row in found.rows]
    assert found.how["by"] == ("hybrid" if by == "auto" else by)
    if by == "words":
        assert found.distances is None
        assert (np.diff(found.scores) <= 0).all()
    if by == "meaning":
        assert found.scores is None
        assert (np.diff(found.distances) >= 0).all()


def test_words_that_no_item_has_find_nothing(stories: Dataset) -> None:
    assert len(stories.search("xylophone zebra", by="words")) == 0
    assert len(stories.search("xylophone zebra")) == 0  # hybrid falls back on the words alone
    with pytest.raises(InputError, match="none of the words"):
        stories.search("xylophone zebra", by="meaning")


def test_only_the_fields_that_are_asked_for_count(stories: Dataset) -> None:
    assert stories.search("i17", by="words").ids == ["i17"]
    assert len(stories.search("i17", by="words", fields=["text"])) == 0
    assert stories.search("word3 ship", by="words", fields=["text"], k=1).rows[0] % 40 == 3


@pytest.mark.parametrize("by", ["words", "meaning", "hybrid"])
@pytest.mark.parametrize("k", [1, 7, 10_000])
def test_filters_come_first_and_lose_nothing(stories: Dataset, by: str, k: int) -> None:
    where = {"all": [{"values": {"field": "kind", "in": ["1"]}}, {"range": {"field": "stars", "min": 4}}]}
    allowed = set(stories.select(where).tolist())
    assert allowed
    found = stories.search("flour", by=by, where=where, k=k)
    assert set(found.rows.tolist()) <= allowed
    assert len(found) == min(k, len(allowed))  # each of them has the word


def test_like_an_item_is_what_a_plain_sort_finds(plain: Dataset) -> None:
    vectors = plain.vectors()
    apart = np.linalg.norm(vectors - vectors[17], axis=1)
    apart[17] = np.inf
    found = plain.search(item=17, k=30)
    assert found.rows.tolist() == np.argsort(apart, kind="stable")[:30].tolist()
    assert found.ids == found.rows.tolist()
    np.testing.assert_allclose(found.distances, np.sort(apart)[:30], rtol=1e-5)
    assert found.how == {"by": "item", "metric": "euclidean", "vectors": "vectors", "method": "exact"}
    assert plain.search(item="17", k=30).ids == found.ids
    assert plain.search(vector=vectors[17], k=1).ids == [17]
    farthest = plain.search(item=17, k=COUNT, farthest=True)
    assert farthest.rows.tolist()[::-1] == plain.search(item=17, k=COUNT).rows.tolist()


def test_another_metric_may_be_asked_for(plain: Dataset) -> None:
    vectors = plain.vectors()
    found = plain.search(vector=vectors[3], k=5, metric="inner_product")
    assert found.rows.tolist() == np.argsort(-(vectors @ vectors[3]), kind="stable")[:5].tolist()
    assert found.how["metric"] == "inner_product"


def test_an_image_finds_itself(home: Path, tmp_path: Path) -> None:
    dataset = terrella.open("pictures", home=home).add(
        {"name": [f"p{number}" for number in range(COUNT)]},
        images=[image(number) for number in range(COUNT)],
    )
    dataset.map(projections=["pca"])
    found = dataset.search(image=image(7), k=5)
    assert found.rows[0] == 7
    (tmp_path / "seven.png").write_bytes(image(7))
    assert dataset.search(image=tmp_path / "seven.png", k=5).ids == found.ids
    with pytest.raises(SourceError, match="can't be read"):
        dataset.search(image=tmp_path / "eight.png")


def test_selections_over_fields_map_and_tags(stories: Dataset, home: Path) -> None:
    layout = stories.map(projections=["pca"]).layout("pca")
    low, high = layout.min(axis=0), layout.max(axis=0)
    middle = (low + high) / 2
    half = [
        [low[0] - 1, low[1] - 1],
        [middle[0], low[1] - 1],
        [middle[0], high[1] + 1],
        [low[0] - 1, high[1] + 1],
    ]
    lasso = {"lasso": {"projection": "pca", "polygon": np.array(half, float).tolist()}}
    assert stories.select(lasso).tolist() == np.flatnonzero(layout[:, 0] < middle[0]).tolist()
    store = terrella.store.Store(home).open("stories")
    store.set_tags([Tag("checked", 0, (3, 4, 5))])
    assert stories.select({"tag": "checked"}).tolist() == [3, 4, 5]
    near = stories.select({"vector_search": {"item": "i3", "k": 4}})
    assert 3 in near
    assert len(near) == 4
    within = stories.select({"vector_search": {"text": "flour", "max_distance": 0.9}})
    assert kinds(stories, within) == {"1"}
    assert stories.select({"search": {"text": "FLOUR yea"}}).tolist() == [
        row for row, text in enumerate(texts()) if "flour yea" in text
    ]
    assert stories.select({"search": {"text": "yeast flour", "mode": "words"}}).tolist() == list(
        range(1, COUNT, 3)
    )
    assert stories.select({"range": {"field": "day", "max": "2024-01-03"}}).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({}, ParameterError, "exactly one of text, item, vector and image; got none"),
        ({"text": "a", "item": 1}, ParameterError, "got text and item"),
        ({"text": " "}, ParameterError, "some words"),
        ({"text": "a", "by": "sense"}, ParameterError, "'words', 'meaning', 'hybrid'"),
        ({"text": "a", "k": 0}, ParameterError, "from 1 to 10,000; got 0"),
        ({"text": "a", "k": 10_001}, ParameterError, "10001"),
        ({"text": "a", "fields": "text"}, ParameterError, "a list of names"),
        ({"text": "a", "fields": ["txt"]}, UnknownColumnError, "Did you mean 'text'"),
        ({"text": "a", "by": "words", "farthest": True}, ParameterError, "no opposite"),
        ({"item": "i999"}, NotFoundError, "no item 'i999'"),
        ({"item": "i1", "by": "words"}, ParameterError, "Leave them out"),
        ({"vector": [1.0]}, InputError, "must have"),
        ({"image": b"no"}, InputError, "can't be searched by image"),
        ({"image": 3}, ParameterError, "encoded bytes or a path"),
        ({"item": "i1", "column": "tfdf"}, NotFoundError, "Did you mean 'tfidf'"),
        ({"item": "i1", "metric": "cosign"}, ParameterError, "Did you mean 'cosine'"),
        ({"item": "i1", "method": "indexed"}, ParameterError, "where an index was made"),
        ({"text": "a", "where": {"tag": "chekked"}}, NotFoundError, "no tag"),
        ({"text": "a", "where": {"range": {"field": "star", "min": 1}}}, UnknownColumnError, "'stars'"),
        ({"text": "a", "where": {"topic": {"depth": 9, "name": "x"}}}, NotFoundError, "topics of"),
        (
            {"text": "a", "where": {"lasso": {"projection": "pcb", "polygon": [[0, 0], [1, 0], [1, 1]]}}},
            NotFoundError,
            "pca",
        ),
    ],
)
def test_what_is_refused(stories: Dataset, asked: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        stories.search(**asked)


def test_what_lies_on_a_map_needs_one(plain: Dataset) -> None:
    with pytest.raises(NotFoundError, match="has no map"):
        plain.select({"lasso": {"polygon": [[0, 0], [1, 0], [1, 1]]}})
    with pytest.raises(InputError, match="were given, so nobody here"):
        plain.search("ship", by="meaning")


def test_items_that_came_after_the_map_are_on_none_of_its_parts(home: Path) -> None:
    dataset = terrella.open("growing", home=home).add(
        {"id": list(range(20))}, vectors=np.random.default_rng(0).normal(size=(20, 4)), id="id"
    )
    dataset.map(projections=["pca"])
    everything = {"lasso": {"polygon": [[-99, -99], [99, -99], [99, 99], [-99, 99]]}}
    assert len(dataset.select(everything)) == 20
    dataset.add({"id": [100, 101]}, vectors=np.zeros((2, 4)), id="id")
    assert dataset.select(everything).tolist() == list(range(20))
    assert dataset.search(vector=[0, 0, 0, 0], k=2).ids == [100, 101]


def test_description_of_all_some_and_selected_rows(stories: Dataset) -> None:
    whole = stories.describe()
    assert whole["stars"]["count"] == COUNT
    assert whole["stars"]["max"] == 4
    assert whole["stars"]["missing"] == len(range(0, COUNT, 7))
    assert whole["kind"]["values"][0] == {"value": "0", "count": 80}
    assert whole["day"]["min"] == "2024-01-01"
    few = stories.describe([0, 3], columns=["kind"])
    assert few == {
        "kind": {
            "kind": "text",
            "type": "string",
            "count": 2,
            "missing": 0,
            "distinct": 1,
            "values": [{"value": "0", "count": 2}],
            "mean_length": 1.0,
        }
    }
    selected = stories.describe({"range": {"field": "stars", "min": 4}})
    assert selected["stars"]["min"] == 4
    marked = np.zeros(COUNT, bool)
    marked[:3] = True
    assert stories.describe(marked)["id"]["count"] == 3
    with pytest.raises(ParameterError, match="row numbers"):
        stories.describe("all")


def test_what_was_read_is_kept_until_something_is_written(home: Path) -> None:
    dataset = terrella.open("kept", home=home).add({"id": [1, 2, 3]}, vectors=np.eye(3), id="id")
    store = terrella.store.Store(home)
    first = find_search(store.open("kept"))
    assert find_search(store.open("kept")) is first
    dataset.add({"id": [4]}, vectors=np.ones((1, 3)), id="id")
    assert find_search(store.open("kept")) is not first
    assert len(dataset.search(vector=[1, 1, 1], k=10)) == 4


def test_an_index_is_made_with_the_map_and_kept_beside_the_dataset(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_index, "INDEX_FROM", 1_000)
    monkeypatch.setattr(vector_index, "_LEAST_ROWS", 500)
    vectors = np.random.default_rng(0).normal(size=(3_000, 8)).astype(np.float32)
    dataset = terrella.open("indexed", home=home).add({"id": np.arange(3_000)}, vectors=vectors, id="id")
    assert dataset.search(item=5).how["method"] == "exact"
    shown = dataset.map(projections=["pca"], topics=False, duplicates=False)
    assert len(list(terrella.store.Store(home).open("indexed").cache_folder.glob("index-*.npz"))) == 1
    found = shown.search(item=5)
    assert found.how["method"] == "indexed"
    assert found.how["recall"] > 0.95
    assert dataset.search(item=5).ids == found.ids
    few = dataset.search(item=5, where={"range": {"field": "id", "max": 50}}, k=100)
    assert few.how["method"] == "exact"
    assert len(few) == 50
