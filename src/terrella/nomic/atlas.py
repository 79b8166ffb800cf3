"""A map from data in one call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ..errors import ParameterError
from ..validation import check_column
from ._asked import check_asked
from .data_inference import NomicDuplicatesOptions, NomicTopicOptions, ProjectionOptions
from .dataset import AtlasDataset, column_names

__all__ = ["map_data", "map_embeddings", "map_text"]


def map_data(
    data: Any = None,
    blobs: Sequence[Any] | None = None,
    embeddings: Any = None,
    identifier: str | None = None,
    description: str = "",
    id_field: str | None = None,
    is_public: bool = True,
    indexed_field: str | None = None,
    projection: Any = None,
    topic_model: Any = True,
    duplicate_detection: Any = True,
    embedding_model: Any = None,
) -> AtlasDataset:
    """Store items as a new dataset, make its map, and return the dataset.

    Takes what `AtlasDataset`, `add_data` and `create_index` take; without an `identifier` the dataset is
    named after the time. Own vectors are mapped where there are some, else the images, else `indexed_field`.
    Raises ParameterError where the dataset has items already and for wrong options, UnknownColumnError for a
    field that is not there, and then stores nothing.
    """
    name = identifier or datetime.now().strftime("map-%Y%m%d-%H%M%S-%f")
    dataset = AtlasDataset(name, description=description, unique_id_field=id_field, is_public=is_public)
    if dataset.total_datums:
        raise ParameterError(
            f"map_data makes a new dataset; {dataset.slug} has {dataset.total_datums} items. "
            "Add to it with AtlasDataset.add_data, or pass another identifier."
        )
    check_asked(projection, topic_model, duplicate_detection)
    names = column_names(data)
    if indexed_field is not None and names:
        check_column(indexed_field, names, "data")
    dataset.add_data(data, embeddings=embeddings, blobs=blobs)
    dataset.create_index(
        indexed_field=indexed_field,
        projection=projection,
        topic_model=topic_model,
        duplicate_detection=duplicate_detection,
        embedding_model=embedding_model,
    )
    return dataset


def map_embeddings(
    embeddings: Any,
    data: list[dict[str, Any]] | None = None,
    id_field: str | None = None,
    name: str | None = None,
    description: str | None = None,
    is_public: bool = True,
    colorable_fields: Sequence[str] = (),
    build_topic_model: bool = True,
    topic_label_field: str | None = None,
    num_workers: None = None,
    reset_project_if_exists: bool = False,
    add_datums_if_exists: bool = False,
    shard_size: None = None,
    projection_n_neighbors: int = 15,
    projection_epochs: int = 50,
    projection_spread: float = 1.0,
    organization_name: str | None = None,
) -> AtlasDataset:
    """Map vectors, (n_samples, n_features), as clients before 3.0 did; `map_data` says the same in less.

    colorable_fields, num_workers, shard_size and organization_name are accepted: every field can be coloured
    by, and all cores work.
    """
    dataset = _opened(name, description, id_field, is_public, reset_project_if_exists, add_datums_if_exists)
    dataset.add_data(data, embeddings=embeddings)
    dataset.create_index(
        projection=_projection(projection_n_neighbors, projection_epochs, projection_spread),
        topic_model=NomicTopicOptions(
            build_topic_model=build_topic_model, topic_label_field=topic_label_field
        ),
    )
    return dataset


def map_text(
    data: Any,
    indexed_field: str,
    id_field: str | None = None,
    name: str | None = None,
    description: str | None = None,
    build_topic_model: bool = True,
    is_public: bool = True,
    colorable_fields: Sequence[str] = (),
    num_workers: None = None,
    reset_project_if_exists: bool = False,
    add_datums_if_exists: bool = False,
    shard_size: None = None,
    projection_n_neighbors: int = 15,
    projection_epochs: int = 50,
    projection_spread: float = 1.0,
    duplicate_detection: bool = True,
    duplicate_threshold: float = 0.1,
    organization_name: str | None = None,
) -> AtlasDataset:
    """Map texts as clients before 3.0 did; `map_data` says the same in less.

    colorable_fields, num_workers, shard_size and organization_name are accepted, as by `map_embeddings`.
    """
    dataset = _opened(name, description, id_field, is_public, reset_project_if_exists, add_datums_if_exists)
    dataset.add_data(data if hasattr(data, "__len__") else list(data))
    dataset.create_index(
        indexed_field=indexed_field,
        projection=_projection(projection_n_neighbors, projection_epochs, projection_spread),
        topic_model=build_topic_model,
        duplicate_detection=NomicDuplicatesOptions(
            tag_duplicates=duplicate_detection, duplicate_cutoff=duplicate_threshold
        ),
    )
    return dataset


def _projection(n_neighbors: int, n_epochs: int, spread: float) -> ProjectionOptions:
    return ProjectionOptions(n_neighbors=n_neighbors, n_epochs=n_epochs, spread=spread)


def _opened(
    name: str | None, description: str | None, id_field: str | None, is_public: bool, reset: bool, add: bool
) -> AtlasDataset:
    """Return the dataset to add to: a new one, one that was emptied, or one that may grow."""
    found = AtlasDataset(name or datetime.now().strftime("map-%Y%m%d-%H%M%S-%f"), description=description)
    if reset:
        found.delete()
    elif found.total_datums and not add:
        raise ParameterError(
            f"{found.slug} has {found.total_datums} items already. "
            "Pass add_datums_if_exists=True or reset_project_if_exists=True, or another name."
        )
    return AtlasDataset(
        name or found.slug, description=description, unique_id_field=id_field, is_public=is_public
    )
