"""`AtlasDataset`: naming, adding, reading back, changing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from terrella import errors, nomic
from terrella.nomic import AtlasDataset, AtlasUser
from terrella.nomic.atlas import map_data


@pytest.mark.parametrize(
    ("identifier", "slug", "organization"),
    [
        ("Airline_Reviews", "airline-reviews", "local"),
        ("acme/Café  Größe!", "cafe-groe", "acme"),
        ("a__b--c", "a-b-c", "local"),
    ],
)
def test_names_become_slugs_as_theirs_do(identifier: str, slug: str, organization: str) -> None:
    dataset = AtlasDataset(identifier)
    assert (dataset.slug, dataset.id, dataset.identifier) == (slug, slug, f"{organization}/{slug}")


def test_a_dataset_needs_a_name() -> None:
    with pytest.raises(errors.ParameterError, match="got None"):
        AtlasDataset()


def test_logging_in_and_being_public_do_nothing(home: Path) -> None:
    nomic.login("nk-secret")
    AtlasUser()
    dataset = AtlasDataset("shells", is_public=False, organization_name="acme")
    assert (dataset.total_datums, dataset.indices, dataset.schema) == (0, [], None)
    assert dataset.identifier == "acme/shells"
    assert dataset.description == ""
    dataset.delete()
    assert not home.exists()


def test_what_was_added_is_there_when_opened_again(dataset: AtlasDataset) -> None:
    again = AtlasDataset("airline-reviews")
    assert again.total_datums == 120
    assert again.id_field == "id"
    assert again.name == "airline-reviews"
    assert again.description == "What passengers say."
    assert again.modality == "text"
    assert again.dataset_fields == ["id", "text", "subject", "rating", "day"]
    assert again.schema is not None
    assert again.schema.field("rating").type == pa.int64()
    assert datetime(2026, 1, 1, tzinfo=UTC) < again.created_timestamp
    assert AtlasDataset(dataset_id=dataset.id).total_datums == 120
    with pytest.raises(errors.NotFoundError, match="airline-reviews"):
        AtlasDataset(dataset_id="airline-review")


def test_another_id_field_than_the_stored_one_is_refused(dataset: AtlasDataset) -> None:
    with pytest.raises(errors.ParameterError, match="by 'id'; got unique_id_field='rating'"):
        AtlasDataset("airline-reviews", unique_id_field="rating")


def test_items_without_an_id_field_are_numbered_on() -> None:
    dataset = AtlasDataset("numbered")
    dataset.add_data([{"id": "same", "text": "one"}, {"id": "same", "text": "two"}])
    dataset.add_data([{"id": "same", "text": "three"}])
    assert dataset.id_field == "id_"
    assert dataset.get_data([2, "0"]) == [
        {"id_": 2, "id": "same", "text": "three"},
        {"id_": 0, "id": "same", "text": "one"},
    ]


def test_items_are_read_by_id_in_the_order_asked_for(dataset: AtlasDataset) -> None:
    found = dataset.get_data(["review-7", "review-0"])
    assert [one["id"] for one in found] == ["review-7", "review-0"]
    with pytest.raises(errors.NotFoundError, match="no item with the id 'review-x'"):
        dataset.get_data(["review-1", "review-x"])
    with pytest.raises(errors.ParameterError, match="must be a list of ids"):
        dataset.get_data("review-1")
    with pytest.raises(errors.ParameterError, match="not of lists"):
        dataset.get_data([["review-1"]])


@pytest.mark.parametrize("kind", ["list", "pandas", "arrow", "polars"])
def test_every_kind_of_table_is_taken(kind: str) -> None:
    import pandas as pd
    import polars as pl

    columns = {"id": ["a", "b", "c"], "text": ["one", "two", "three"]}
    data: Any = {
        "list": [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)],
        "pandas": pd.DataFrame(columns, index=[7, 8, 9]),
        "arrow": pa.table(columns),
        "polars": pl.DataFrame(columns),
    }[kind]
    dataset = AtlasDataset("kinds", unique_id_field="id")
    dataset.add_data(data)
    assert dataset.stored.records().to_pydict() == columns


def test_vectors_come_as_an_array_or_as_a_column() -> None:
    vectors = np.arange(12, dtype=np.float64).reshape(4, 3)
    first = AtlasDataset("first")
    first.add_data([{"name": str(number)} for number in range(4)], embeddings=vectors)
    second = AtlasDataset("second")
    second.add_data(pa.table({"name": list("0123"), "_embeddings": list(vectors)}))
    for dataset in (first, second):
        assert dataset.modality == "embedding"
        assert dataset.local.vectors().tolist() == vectors.tolist()
        assert dataset.dataset_fields == ["id_", "name"]
    second.add_data([{"name": "4"}], embeddings=vectors[:1])
    assert second.total_datums == 5
    with pytest.raises(errors.ShapeError, match="has no vectors"):
        first.add_data([{"name": "more"}])
    assert first.total_datums == 4


def test_vectors_need_no_data(home: Path) -> None:
    dataset = AtlasDataset("bare")
    dataset.add_data(embeddings=np.ones((3, 2)))
    assert dataset.get_data([1]) == [{"id_": 1}]


def test_images_and_own_vectors_go_together(tmp_path: Path) -> None:
    from PIL import Image

    picture = Image.new("L", (4, 4), 200)
    path = tmp_path / "one.png"
    picture.save(path)
    dataset = AtlasDataset("pictures")
    dataset.add_data(
        [{"name": "a"}, {"name": "b"}, {"name": "c"}],
        blobs=[picture, str(path), path.read_bytes()],
        embeddings=np.eye(3),
    )
    assert dataset.modality == "embedding"
    assert all(dataset.stored.images([0, 1, 2]))
    with pytest.raises(errors.SourceError, match=r"blobs\[1\] names no file: nowhere\.png"):
        dataset.add_data(
            [{"name": "d"}, {"name": "e"}], blobs=[picture, "nowhere.png"], embeddings=np.eye(3)[:2]
        )
    with pytest.raises(errors.ShapeError, match="as many"):
        dataset.add_data([{"name": "d"}], blobs=[picture, picture], embeddings=np.eye(3)[:1])
    assert dataset.total_datums == 3


def test_a_bar_is_told_of_what_is_safe(dataset: AtlasDataset) -> None:
    class Bar:
        done = 0

        def update(self, count: int) -> None:
            self.done += count

    bar = Bar()
    dataset.add_data([{"id": "x", "text": "one more"}, {"id": "y", "text": "two more"}], pbar=bar)
    assert bar.done == 2
    with pytest.raises(errors.DuplicateIdError, match="'x'"):
        dataset.add_data([{"id": "z", "text": "new"}, {"id": "x", "text": "again"}], pbar=bar)
    assert (bar.done, dataset.total_datums) == (2, 122)


def test_the_lock_never_waits(dataset: AtlasDataset) -> None:
    assert dataset.is_accepting_data
    with dataset.wait_for_dataset_lock() as same:
        assert same is dataset


def test_a_new_map_is_not_made_over_old_data(dataset: AtlasDataset) -> None:
    with pytest.raises(errors.ParameterError, match="has 120 items"):
        map_data(embeddings=np.eye(4), identifier="airline-reviews")
