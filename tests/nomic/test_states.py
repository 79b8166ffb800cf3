"""Topics, duplicates and tags of a map."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from terrella import errors
from terrella.nomic import AtlasDataset
from terrella.nomic._projection import AtlasProjection

COUNT = 600


@pytest.fixture
def projection() -> AtlasProjection:
    """Three groups of vectors with words of their own, and two copies of the first item."""
    rng = np.random.default_rng(5)
    groups = np.arange(COUNT) % 3
    vectors = rng.normal(size=(COUNT, 8)) + 12 * np.eye(3, 8)[groups]
    vectors[1:3] = vectors[0]
    groups[1:3] = groups[0]
    words = ("soup bread wine dessert", "legroom cushion recline armrest", "steward smile polite welcome")
    rows = [
        {
            "id": f"r{row}",
            "text": " ".join(rng.choice(words[group].split(), 6)),
            "when": datetime(2024, 1 + row % 12, 1),
            "day": f"2024-{1 + row % 12:02}-01",
        }
        for row, group in enumerate(groups)
    ]
    dataset = AtlasDataset("states", unique_id_field="id")
    dataset.add_data(rows, embeddings=vectors)
    return dataset.create_index(
        projection={"model": "umap", "n_epochs": 60}, topic_model={"topic_label_field": "text"}
    )


def test_topics_and_their_hierarchy(projection: AtlasProjection) -> None:
    topics = projection.topics
    assert topics.depth >= 1
    columns = [f"topic_depth_{depth}" for depth in range(1, topics.depth + 1)]
    assert topics.tb.column_names == ["id", *columns]
    assert list(topics.df.columns) == ["id", *columns]
    assert list(topics.metadata.columns) == [
        "topic_id",
        "depth",
        "topic_short_description",
        "topic_description",
        *columns,
        "count",
        "x",
        "y",
    ]
    names = {topic.name for topic in topics.tree.topics}
    for (name, depth), below in topics.hierarchy.items():
        assert {name, *below} <= names
        assert 1 <= depth < topics.depth
    top = topics.group_by_topic(1)
    assert [set(one) for one in top] == [
        {
            "subtopics",
            "subtopic_ids",
            "topic_id",
            "topic_short_description",
            "topic_long_description",
            "datum_ids",
        }
    ] * len(top)
    column = topics.tb["topic_depth_1"].to_pylist()
    for one in top:
        assert len(one["datum_ids"]) == column.count(one["topic_short_description"])
        assert one["subtopics"] == topics.hierarchy.get((one["topic_short_description"], 1), [])
    with pytest.raises(ValueError, match="depth"):
        topics.group_by_topic(topics.depth + 1)


@pytest.mark.parametrize("field", ["when", "day"])
def test_topics_over_time(projection: AtlasProjection, field: str) -> None:
    topics = projection.topics
    whole = topics.get_topic_density(field, datetime(2024, 1, 1), datetime(2024, 12, 31))
    counts = {topic.name: 0 for topic in topics.tree.topics}
    for topic in topics.tree.topics:
        counts[topic.name] += topic.count
    assert whole == counts
    assert list(whole.values()) == sorted(whole.values(), reverse=True)
    spring = topics.get_topic_density(field, datetime(2024, 3, 1), datetime(2024, 3, 2))
    assert 0 < sum(spring.values()) < sum(whole.values())
    with pytest.raises(errors.UnknownColumnError):
        topics.get_topic_density("date", datetime(2024, 1, 1), datetime(2024, 1, 2))
    with pytest.raises(errors.ParameterError, match="not times"):
        topics.get_topic_density("text", datetime(2024, 1, 1), datetime(2024, 1, 2))


def test_a_new_vector_belongs_to_the_topic_around_it(projection: AtlasProjection) -> None:
    queries = projection.embeddings.latent[[4, 8]]
    found = projection.topics.vector_search_topics(queries, k=8, depth=1)["topics"]
    assert len(found) == 2
    for row, shares in zip((4, 8), found, strict=True):
        assert sum(shares.values()) == pytest.approx(1.0)
        assert (
            max(shares, key=lambda name: shares[name]) == projection.topics.tb["topic_depth_1"][row].as_py()
        )


def test_copies_are_duplicates_of_the_first(projection: AtlasProjection) -> None:
    duplicates = projection.duplicates
    table = duplicates.tb
    assert table.column_names == ["id", "duplicate_class", "cluster_id"]
    classes = table["duplicate_class"].to_pylist()
    assert classes[:3] == ["retention candidate", "deletion candidate", "deletion candidate"]
    assert {"r1", "r2"} <= set(duplicates.deletion_candidates())
    assert table["cluster_id"][0] == table["cluster_id"][1] == table["cluster_id"][2]
    singles = [row for row, name in enumerate(classes) if name == "singleton"]
    assert all(table["cluster_id"][row].as_py() is None for row in singles)
    assert "deletion candidates in" in repr(duplicates)


def test_a_map_made_without_says_so(projection: AtlasProjection) -> None:
    plain = projection.dataset.create_index(
        "plain", projection="pca", topic_model=False, duplicate_detection=False
    )
    with pytest.raises(errors.NotFoundError, match="has no topics"):
        _ = plain.topics
    with pytest.raises(errors.NotFoundError, match="nobody looked for duplicates"):
        _ = plain.duplicates


def test_tags_are_added_read_and_removed(projection: AtlasProjection) -> None:
    tags = projection.tags
    assert tags.get_tags() == []
    tags.add(ids=["r3", "r5"], tags=["good", "read"])
    tags.add(ids=["r5", "r7"], tags=["good"])
    assert [(tag["tag_name"], tag["count"]) for tag in tags.get_tags()] == [("good", 3), ("read", 2)]
    assert tags.get_datums_in_tag("good") == ["r3", "r5", "r7"]
    assert tags.df.columns.tolist() == ["id", "good", "read"]
    assert tags.df["id"][tags.df["read"]].tolist() == ["r3", "r5"]
    assert tags.remove(ids=["r3"], tags=["good"]) is True
    assert tags.get_datums_in_tag("good") == ["r5", "r7"]
    assert tags.remove(ids=[], tags=["read"], delete_all=True)
    assert [tag["tag_name"] for tag in tags.get_tags()] == ["good"]
    with pytest.raises(ValueError, match="Did you mean 'good'"):
        tags.get_datums_in_tag("god")
    with pytest.raises(errors.ParameterError, match="must be a list of names"):
        tags.add(ids=["r3"], tags="good")
    with pytest.raises(errors.NotFoundError, match="r9999"):
        tags.add(ids=["r9999"], tags=["good"])
