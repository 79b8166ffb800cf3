"""Our names, arguments and defaults are those of the Nomic client 3.9."""

from __future__ import annotations

import dataclasses
import inspect
from importlib import import_module
from typing import Any

import pytest

DESCRIPTION = "A description for your map."
OLD_PROJECTION = {"projection_n_neighbors": 15, "projection_epochs": 50, "projection_spread": 1.0}
NEEDED = inspect.Parameter.empty

THEIRS: dict[str, dict[str, Any]] = {
    "AtlasDataset": {
        "identifier": None,
        "description": DESCRIPTION,
        "unique_id_field": None,
        "is_public": True,
        "dataset_id": None,
        "organization_name": None,
    },
    "AtlasDataset.add_data": {"data": None, "embeddings": None, "blobs": None, "pbar": None},
    "AtlasDataset.create_index": {
        "name": None,
        "indexed_field": None,
        "modality": None,
        "projection": None,
        "topic_model": True,
        "duplicate_detection": True,
        "embedding_model": None,
        "reuse_embeddings_from_index": None,
    },
    "AtlasDataset.get_map": {"name": None, "atlas_index_id": None, "projection_id": None},
    "AtlasDataset.get_data": {"ids": NEEDED},
    "AtlasDataset.delete_data": {"ids": NEEDED},
    "AtlasDataset.update_maps": {"data": NEEDED, "embeddings": None, "num_workers": 2},
    "AtlasDataset.update_indices": {"rebuild_topic_models": False},
    "AtlasDataset.delete": {},
    "AtlasDataset.wait_for_dataset_lock": {},
    "data_operations.AtlasMapData": {"projection": NEEDED, "fields": None},
    "data_operations.AtlasMapEmbeddings": {"projection": NEEDED},
    "data_operations.AtlasMapEmbeddings.vector_search": {"queries": None, "ids": None, "k": 5},
    "data_operations.AtlasMapTopics": {"projection": NEEDED},
    "data_operations.AtlasMapTopics.group_by_topic": {"topic_depth": 1},
    "data_operations.AtlasMapTopics.get_topic_density": {
        "time_field": NEEDED,
        "start": NEEDED,
        "end": NEEDED,
    },
    "data_operations.AtlasMapTopics.vector_search_topics": {"queries": NEEDED, "k": 32, "depth": 3},
    "data_operations.AtlasMapDuplicates": {"projection": NEEDED},
    "data_operations.AtlasMapDuplicates.deletion_candidates": {},
    "data_operations.AtlasMapTags": {"projection": NEEDED, "auto_cleanup": False},
    "data_operations.AtlasMapTags.get_tags": {},
    "data_operations.AtlasMapTags.get_datums_in_tag": {"tag_name": NEEDED, "overwrite": False},
    "data_operations.AtlasMapTags.add": {"ids": NEEDED, "tags": NEEDED},
    "data_operations.AtlasMapTags.remove": {"ids": NEEDED, "tags": NEEDED, "delete_all": False},
    "data_inference.ProjectionOptions": dict.fromkeys(
        ("model", "n_neighbors", "n_epochs", "min_dist", "spread", "local_neighborhood_size", "rho")
    ),
    "data_inference.NomicTopicOptions": {
        "build_topic_model": True,
        "topic_label_field": None,
        "cluster_method": "fast",
        "enforce_topic_hierarchy": False,
    },
    "data_inference.NomicDuplicatesOptions": {"tag_duplicates": True, "duplicate_cutoff": 0.1},
    "data_inference.NomicEmbedOptions": {"model": "nomic-embed-text-v1.5"},
    "atlas.map_data": {
        "data": None,
        "blobs": None,
        "embeddings": None,
        "identifier": None,
        "description": "",
        "id_field": None,
        "is_public": True,
        "indexed_field": None,
        "projection": None,
        "topic_model": True,
        "duplicate_detection": True,
        "embedding_model": None,
    },
    "atlas.map_embeddings": {
        "embeddings": NEEDED,
        "data": None,
        "id_field": None,
        "name": None,
        "description": None,
        "is_public": True,
        "colorable_fields": (),
        "build_topic_model": True,
        "topic_label_field": None,
        "num_workers": None,
        "reset_project_if_exists": False,
        "add_datums_if_exists": False,
        "shard_size": None,
        **OLD_PROJECTION,
        "organization_name": None,
    },
    "atlas.map_text": {
        "data": NEEDED,
        "indexed_field": NEEDED,
        "id_field": None,
        "name": None,
        "description": None,
        "build_topic_model": True,
        "is_public": True,
        "colorable_fields": (),
        "num_workers": None,
        "reset_project_if_exists": False,
        "add_datums_if_exists": False,
        "shard_size": None,
        **OLD_PROJECTION,
        "duplicate_detection": True,
        "duplicate_threshold": 0.1,
        "organization_name": None,
    },
    "embed.text": {
        "texts": NEEDED,
        "model": "nomic-embed-text-v1.5",
        "task_type": "search_document",
        "dimensionality": None,
        "long_text_mode": "truncate",
        "inference_mode": "remote",
        "device": None,
        "kwargs": NEEDED,
    },
    "embed.image": {"images": NEEDED, "model": "nomic-embed-vision-v1.5"},
    "embed.free_embedding_model": {},
    "login": {"token": None, "tenant": "production", "domain": None},
}
"""Each callable of the client with its arguments in their order and their defaults; ours may only add to it.

Two differ: `add_data` can leave `data` out, where theirs has a type for a default, and `login` its token.
"""

THEIR_ATTRIBUTES = {
    "AtlasDataset": (
        "id id_field name slug identifier description modality total_datums created_timestamp dataset_fields "
        "schema is_locked is_accepting_data indices projections maps"
    ),
    "dataset.AtlasIndex": "projections",
    "dataset.AtlasProjection": (
        "map_link dataset_link schema data embeddings topics duplicates tags _repr_html_"
    ),
    "data_operations.AtlasMapData": "df tb",
    "data_operations.AtlasMapEmbeddings": "df tb projected latent",
    "data_operations.AtlasMapTopics": "df tb metadata hierarchy",
    "data_operations.AtlasMapDuplicates": "df tb",
    "data_operations.AtlasMapTags": "df",
    "AtlasUser": "",
}


def found(name: str) -> Any:
    """Return what a dotted name below terrella.nomic stands for."""
    module, _, rest = name.partition(".")
    if module[0].islower() and rest:
        thing = import_module(f"terrella.nomic.{module}")
    else:
        thing, rest = import_module("terrella.nomic"), name
    for part in rest.split("."):
        thing = getattr(thing, part)
    return thing


@pytest.mark.parametrize("name", THEIRS)
def test_arguments_and_defaults_are_theirs(name: str) -> None:
    parameters = [
        one for one in inspect.signature(found(name)).parameters.values() if one.name not in ("self", "cls")
    ]
    assert {one.name: one.default for one in parameters} == THEIRS[name]
    assert [one.name for one in parameters] == list(THEIRS[name])


@pytest.mark.parametrize("name", THEIR_ATTRIBUTES)
def test_attributes_are_theirs(name: str) -> None:
    missing = [one for one in THEIR_ATTRIBUTES[name].split() if not hasattr(found(name), one)]
    assert not missing


def test_the_explorer_takes_their_arguments() -> None:
    pytest.importorskip("lightning.pytorch" if _has("lightning") else "pytorch_lightning")
    explorer = found("pl_callbacks.AtlasEmbeddingExplorer")
    parameters = list(inspect.signature(explorer).parameters.values())
    assert {one.name: one.default for one in parameters} == {
        "max_points": -1,
        "rebuild_time_delay": 600,
        "name": None,
        "description": "",
        "is_public": True,
        "overwrite_on_validation": False,
    }


def _has(package: str) -> bool:
    from importlib.util import find_spec

    return find_spec(package) is not None


def test_options_dump_as_theirs_do() -> None:
    options = found("data_inference.ProjectionOptions")(model="umap", n_neighbors=20)
    assert options.model_dump() == {
        **THEIRS["data_inference.ProjectionOptions"],
        "model": "umap",
        "n_neighbors": 20,
    }
    assert dataclasses.is_dataclass(options)
