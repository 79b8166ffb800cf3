"""Wrong arguments of the drop-in: each is named in one line, and nothing is stored by it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from terrella import errors
from terrella.encoders import hub
from terrella.nomic import AtlasDataset, atlas, embed
from terrella.nomic.data_inference import NomicTopicOptions, ProjectionOptions

from .conftest import COUNT, reviews

ROWS = reviews()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A dataset with the map "By words"; the tests leave it as it is."""
    patch = pytest.MonkeyPatch()
    patch.setenv("TERRELLA_HOME", str(tmp_path_factory.mktemp("wrong")))
    dataset = AtlasDataset("wrong", unique_id_field="id")
    dataset.add_data(ROWS)
    dataset.create_index("By words", indexed_field="text", projection="pca")
    yield dataset
    patch.undo()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"identifier": 5}, "identifier must be text; got int 5"),
        ({"identifier": ""}, "must have a letter a-z or a digit; got ''"),
        ({"identifier": "a", "unique_id_field": 3}, "unique_id_field must be text; got int 3"),
    ],
)
def test_of_a_dataset(arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(errors.ParameterError, match=says):
        AtlasDataset(**arguments)


def test_of_adding() -> None:
    dataset = AtlasDataset("new")
    with pytest.raises(
        errors.ParameterError, match=r"blobs must be a list of images, one an item; got 'x.png'"
    ):
        dataset.add_data(ROWS, blobs="x.png")
    assert not dataset.total_datums


def test_of_options() -> None:
    with pytest.raises(errors.ParameterError, match=r"no option 'n_neigbors'; it has .* mean 'n_neighbors'"):
        ProjectionOptions(n_neigbors=5)  # type: ignore[call-arg]
    with pytest.raises(errors.ParameterError, match=r"NomicTopicOptions has no option 'build'"):
        NomicTopicOptions(build=True)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"modality": "image"}, "modality 'image' needs images; wrong was stored without"),
        ({"modality": "txt"}, "Did you mean 'text'"),
        ({"indexed_field": "txet"}, "no column 'txet'.* Did you mean 'text'"),
        ({"projection": 3}, "projection must be a name"),
        ({"topic_model": "yes"}, "topic_model must be True, False, a dict"),
        ({"reuse_embeddings_from_index": "other"}, "no map with the name 'other'; there is 'by-words'"),
    ],
)
def test_of_a_map(made: AtlasDataset, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(errors.TerrellaError, match=says):
        made.create_index("another", **asked)
    assert len(made.maps) == 1


def test_a_map_is_found_by_the_name_it_was_given(made: AtlasDataset) -> None:
    assert made.get_map("By words").name == made.get_map("by-words").name == "by-words"


@pytest.mark.parametrize("k", [0, "3", 2.5, None])
def test_of_how_many_neighbours(made: AtlasDataset, k: Any) -> None:
    found = made.maps[0].embeddings
    with pytest.raises(errors.ParameterError, match=r"k must be a whole number from 1 on"):
        found.vector_search(ids=["review-1"], k=k)


def test_no_queries_have_no_answers(made: AtlasDataset) -> None:
    found = made.maps[0].embeddings
    assert found.vector_search(ids=[]) == found.vector_search(queries=found.latent[:0]) == ([], [])


def test_of_topics(made: AtlasDataset) -> None:
    topics = made.maps[0].topics
    for depth in ("a", 0, 9, None):
        with pytest.raises(errors.ParameterError, match=r"one of the map's levels, from 1; got"):
            topics.group_by_topic(depth)  # type: ignore[arg-type]
    with pytest.raises(errors.ParameterError, match=r"ISO 8601, such as .*; got 'soon'"):
        topics.get_topic_density("day", "soon", "2024-02-01")  # type: ignore[arg-type]
    with pytest.raises(
        errors.ParameterError, match=r"a time must be a datetime, a date or ISO 8601; got None"
    ):
        topics.get_topic_density("day", None, None)  # type: ignore[arg-type]
    days: list[Any] = [dt.datetime(2024, 3, 1), dt.date(2024, 3, 1), "2024-03-01"]
    counts = [topics.get_topic_density("day", day, dt.datetime(2024, 4, 30)) for day in days]
    assert counts[0] == counts[1] == counts[2]


def test_the_last_item_of_a_tag() -> None:
    """Ids are text here: an empty list of them has no type of its own."""
    dataset = AtlasDataset("tagged", unique_id_field="id")
    dataset.add_data(ROWS)
    tags = dataset.create_index(indexed_field="text", projection="pca", topic_model=False).tags
    tags.add(["review-1"], ["fine"])
    assert tags.get_datums_in_tag("fine") == ["review-1"]
    assert tags.remove(["review-1"], ["fine"])
    assert tags.get_tags() == []


@pytest.mark.parametrize(
    "wrong", [{"indexed_field": "txet"}, {"projection": "unap"}, {"duplicate_detection": {"cutoff": 1}}]
)
def test_map_data_stores_nothing_for_what_it_refuses(wrong: dict[str, Any]) -> None:
    asked: dict[str, Any] = {"indexed_field": "text", "projection": "pca", "topic_model": False, **wrong}
    with pytest.raises(errors.InputError, match=r"Did you mean|has no option"):
        atlas.map_data(ROWS, identifier="once", id_field="id", **asked)
    assert not AtlasDataset("once").total_datums


def test_of_embedding() -> None:
    for one in (1, None, b"a"):
        with pytest.raises(errors.ParameterError, match=r"texts\[1\] must be text; got"):
            embed.text(["a", one])  # type: ignore[list-item]


def test_without_a_network_the_line_says_what_else_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("huggingface_hub", reason="the extra models is not installed")
    unreachable = f"can't be reached. Pass its folder{hub.OFFLINE}"
    monkeypatch.setattr(hub, "_cached", lambda *_asked: None)
    monkeypatch.setattr(hub, "_download", lambda *_asked: unreachable)
    embed.free_embedding_model()
    with pytest.raises(
        errors.NotFoundError, match=r"pass model='all-MiniLM-L6-v2'. create_index needs no model"
    ):
        embed.text(["a"])
    with pytest.raises(errors.NotFoundError, match=r"\.onnx file as model=.* images by their pixels") as told:
        embed.image([np.zeros((4, 4), np.uint8)])
    assert "tfidf" not in str(told.value)
    assert len(ROWS) == COUNT
