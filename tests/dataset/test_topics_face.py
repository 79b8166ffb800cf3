from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from terrella.bundle import MapContent, Projection, write_bundle
from terrella.clusters import duplicates, topics
from terrella.dataset import Map, open
from terrella.errors import NotFoundError, ParameterError, ShapeError, UnknownColumnError
from terrella.neighbors import knn_graph
from terrella.sources import Roles

COUNT = 1200
WORDS = ("engine oil", "garden roses", "violin sonata", "chess opening", "bread oven", "river kayak")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Map, np.ndarray, np.ndarray]:
    """A map of six heaps, its vectors, and each item's heap; a time every hour from 2024 on."""
    random = np.random.default_rng(0)
    heap = np.arange(COUNT) % 6
    vectors = (np.stack([heap % 3, heap // 3], axis=1) * 10.0 + random.normal(0, 1, (COUNT, 2))).astype(
        np.float32
    )
    vectors[700] = vectors[100]
    graph = knn_graph(vectors, n_neighbors=15)
    texts = [f"about {WORDS[k]} indeed" for k in heap]
    start = datetime(2024, 1, 1, tzinfo=UTC)
    records = pa.table(
        {
            "key": [f"item-{row}" for row in range(COUNT)],
            "text": texts,
            "seen": pa.array(
                [start + timedelta(hours=row) for row in range(COUNT)], pa.timestamp("us", tz="UTC")
            ),
            "local": pa.array([datetime(2024, 1, 1) + timedelta(hours=row) for row in range(COUNT)]),
            "day": pa.array([None if row == 3 else date(2024, 1, 1 + row // 240) for row in range(COUNT)]),
        }
    )
    content = MapContent(
        name="heaps",
        title="Heaps",
        description="",
        records=records,
        roles=Roles("key", text="text"),
        projections=[Projection("umap", "UMAP", "umap", vectors)],
        graph=graph,
        topics=topics(vectors, graph=graph, texts=texts),
        duplicates=duplicates(graph, 0.0),
    )
    folder = tmp_path_factory.mktemp("heaps")
    write_bundle(folder, content)
    return Map(folder, dataset=open("heaps", home=folder)), vectors, heap


def test_the_table_names_every_item_s_topics(made: Any) -> None:
    found, _, heap = made
    table = found.topics.tb
    assert table.column_names[:2] == ["key", "topic_depth_1"]
    assert table.column("key").to_pylist() == [f"item-{row}" for row in range(COUNT)]
    names = table.column("topic_depth_1").to_pylist()
    agree = sum(name == WORDS[k].capitalize() for name, k in zip(names, heap, strict=True))
    assert agree > 0.95 * COUNT
    assert set(names) <= {word.capitalize() for word in WORDS} | {"Unlabelled"}


def test_pandas_only_comes_when_it_is_asked_for(made: Any) -> None:
    frame = made[0].topics.df
    assert list(frame.columns) == made[0].topics.tb.column_names
    assert "pandas" in sys.modules


def test_metadata_and_hierarchy_agree(made: Any) -> None:
    found = made[0].topics
    meta = found.metadata.to_pylist()
    assert [one["id"] for one in meta] == list(range(len(found)))
    for (name, depth), children in found.hierarchy.items():
        parent = next(one for one in meta if (one["name"], one["depth"]) == (name, depth))
        assert {one["name"] for one in meta if one["parent"] == parent["id"]} == set(children)


def test_group_by_topic_gives_every_item_once(made: Any) -> None:
    found = made[0].topics
    groups = found.group_by_topic(1)
    ids = [id for group in groups for id in group["datum_ids"]]
    assert len(ids) == len(set(ids)) == int((found.tree.codes[:, 0] >= 0).sum())
    assert {group["topic_short_description"] for group in groups} == {word.capitalize() for word in WORDS}
    assert (
        found.rows("Engine oil").tolist() == [int(id[5:]) for id in groups[0]["datum_ids"]]
        or len(groups) == 6
    )


def test_rows_of_a_topic_that_is_not_there(made: Any) -> None:
    with pytest.raises(ParameterError, match="no topic of depth 1 is called 'Engines'; there are"):
        made[0].topics.rows("Engines")
    with pytest.raises(ParameterError, match="got 9; it has"):
        made[0].topics.group_by_topic(9)


@pytest.mark.parametrize("field", ["seen", "local"])
def test_density_counts_what_falls_between_two_times(made: Any, field: str) -> None:
    found = made[0].topics
    first, last = datetime(2024, 1, 1, 10), datetime(2024, 1, 3, tzinfo=UTC)
    density = found.get_topic_density(field, first, last)
    rows = np.arange(10, 49)
    expected = {
        (topic.name, topic.depth): count
        for topic in found.tree.topics
        if (count := int(np.isin(rows, found.tree.rows(topic.id)).sum()))
    }
    assert {(one["topic"], one["topic_depth"]): one["count"] for one in density} == expected
    assert [one["count"] for one in density] == sorted((one["count"] for one in density), reverse=True)


def test_density_takes_days_and_text(made: Any) -> None:
    found = made[0].topics
    by_day = found.get_topic_density("day", date(2024, 1, 1), "2024-01-02")
    assert sum(one["count"] for one in by_day if one["topic_depth"] == 1) <= 479


@pytest.mark.parametrize(
    ("field", "start", "error", "message"),
    [
        ("text", date(2024, 1, 1), ParameterError, "text must hold times; it holds string"),
        ("sen", date(2024, 1, 1), UnknownColumnError, "Did you mean 'seen'"),
        ("seen", "yesterday", ParameterError, "must be ISO 8601, .* got 'yesterday'"),
        ("seen", 7, ParameterError, "must be a datetime, a date or ISO 8601; got 7"),
    ],
)
def test_density_refuses_what_is_no_time(
    made: Any, field: str, start: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        made[0].topics.get_topic_density(field, start, date(2024, 2, 1))


def test_vectors_are_told_which_topics_they_belong_to(made: Any) -> None:
    found, vectors, _ = made
    shares = found.topics.vector_search_topics(np.array([[0.0, 0.0], [20.0, 10.0]]), vectors)
    assert next(iter(shares[0])) == "Engine oil"
    assert next(iter(shares[1])) == "River kayak"
    assert sum(shares[0].values()) == pytest.approx(1)
    with pytest.raises(ShapeError, match="vectors have 1200 rows"):
        found.topics.vector_search_topics(vectors[0], vectors[:5])


def test_duplicates_as_a_table(made: Any) -> None:
    found = made[0].duplicates
    assert found.deletion_candidates() == ["item-700"]
    assert found.clusters() == [["item-100", "item-700"]]
    rows = found.tb.slice(700, 1).to_pylist()
    assert rows == [{"key": "item-700", "duplicate_class": "deletion candidate", "duplicate_cluster": 0}]
    assert found.tb.column("duplicate_cluster").null_count == COUNT - 2
    assert list(found.df.columns) == found.tb.column_names
    assert repr(found) == "Duplicates(1 clusters, 1 may go)"


def test_a_map_without_says_so(tmp_path: Path) -> None:
    layout = np.random.default_rng(0).normal(size=(20, 2)).astype(np.float32)
    content = MapContent(
        name="plain",
        title="Plain",
        description="",
        records=pa.table({"id": [str(row) for row in range(20)]}),
        roles=Roles("id"),
        projections=[Projection("umap", "UMAP", "umap", layout)],
    )
    write_bundle(tmp_path, content)
    found = Map(tmp_path, dataset=open("plain", home=tmp_path))
    with pytest.raises(NotFoundError, match="has no topics"):
        _ = found.topics
    with pytest.raises(NotFoundError, match="nobody looked for duplicates"):
        _ = found.duplicates
