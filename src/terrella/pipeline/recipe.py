"""A map's options as JSON values, so that it can be made again as it was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..projections import MapOptions, as_duplicate_options, as_options, as_topic_options
from ..typing import Parameters
from .vectors import origin

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["as_asked", "as_json"]


def as_json(options: MapOptions, column: str, about: Mapping[str, Any]) -> Parameters:
    """Return the options of a map that was made from the vectors `column`; `about` is what is known of them.

    What encoded them is kept by the name that it gives itself, a function that names topics is not.
    """
    topics = options.topics and asdict(replace(options.topics, namer=None))
    return {
        "projections": [{"model": one.model, **one.given()} for one in options.projections],
        "vectors": column,
        "origin": origin(about),
        "metric": options.metric,
        "neighbors": options.neighbors,
        "random_state": options.random_state,
        "topics": topics,
        "duplicates": options.duplicates and asdict(options.duplicates),
    }


def as_asked(recipe: Mapping[str, Any], dataset: StoredDataset) -> MapOptions:
    """Return the options that `as_json` kept; whoever makes the map takes the vectors from the recipe itself.

    Raises InputError where these were given with the items and are not stored any more.
    """
    column = recipe["vectors"]
    if column not in dataset.vector_columns and recipe["origin"] is None:
        raise InputError(
            f"{dataset.name} has no vectors {column!r} any more, which the map was made from. "
            "Make the map from others with map(vectors=…)."
        )
    return MapOptions(
        projections=as_options(recipe["projections"]),
        metric=recipe["metric"],
        neighbors=recipe["neighbors"],
        random_state=recipe["random_state"],
        topics=as_topic_options(recipe["topics"]),
        duplicates=as_duplicate_options(recipe["duplicates"]),
    )
