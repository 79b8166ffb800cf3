"""The stage that finds, or makes, the vectors to map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..progress import StageReport
from ..stage_cache import fingerprint
from ..typing import Parameters, Vectors
from ..validation import check_column
from .unchanged import vector_digests

if TYPE_CHECKING:
    from ..projections import MapOptions
    from ..store import StoredDataset

__all__ = ["MappedVectors", "origin", "vectors_key", "vectors_to_map"]

_FITTED = ("tfidf", "pixels")
"""Encoders that are fitted to the items, and so can be fitted anew."""


@dataclass(frozen=True, eq=False)
class MappedVectors:
    """The vectors that a map is made of, (n_samples, n_features), and the column they are stored in."""

    array: Vectors
    column: str

    @cached_property
    def digests(self) -> NDArray[np.uint64]:
        """Two digests of each row, (n_samples, 2)."""
        return vector_digests(self.array)

    @cached_property
    def key(self) -> str:
        """A hash of their contents, for the keys of all that is made from them."""
        return vectors_key(self.digests, self.array.shape[1])


def vectors_key(digests: NDArray[np.uint64], n_features: int) -> str:
    """Return a hash of the contents of vectors with these digests, (n_samples, 2)."""
    return fingerprint(digests, n_features)


def origin(about: Mapping[str, Any]) -> Parameters | None:
    """Return what it takes to encode a stored column again, `about` which the store knows; None if given."""
    if not about.get("derived"):
        return None
    revision = about.get("revision") if about.get("hub") else None
    return {"encoder": about.get("model"), "field": about.get("field"), "revision": revision}


def vectors_to_map(
    dataset: StoredDataset, options: MapOptions, before: Mapping[str, Any] | None, report: StageReport
) -> MappedVectors:
    """Return the vectors that the options name: a stored column, or what an encoder makes of a field.

    Where they name none, those that the map was made from `before`, by its recipe, else the first that are
    stored, else those of the images or the text. Vectors that are gone because items changed are encoded
    again; a new layout fits what was fitted to the items anew. Raises UnknownColumnError for a column that is
    not there, InputError for a dataset that has nothing to compare.
    """
    if options.encoder is not None or options.field is not None:
        asked = {"encoder": options.encoder, "field": options.field}
        return _encoded(dataset, report, **asked, refit=options.relayout)
    stored = dataset.vector_columns
    recipe = before or {"vectors": None, "origin": None}
    column = options.vectors or recipe["vectors"]
    source = origin(stored[column]) if column in stored else recipe["origin"]
    refit = options.relayout and source is not None and source["encoder"] in _FITTED
    if column == recipe["vectors"] and source and (column not in stored or refit):
        return _encoded(dataset, report, **source, name=column, refit=refit)
    if column not in stored and options.vectors is None:
        column = next(iter(stored), None)
    if column is None:
        _check_encodable(dataset)
        return _encoded(dataset, report)
    check_column(column, list(stored), f"{dataset.name} (vectors)")
    report.note(f"{column}, {stored[column].get('dimension', '?')} dimensions")
    return MappedVectors(dataset.vectors(column), column)


def _check_encodable(dataset: StoredDataset) -> None:
    """Raise InputError for a dataset that has neither images nor text."""
    if not dataset.has_images and not dataset.roles.text:
        fields = ", ".join(dataset.schema.names)
        raise InputError(
            f"{dataset.name} has no vectors, images or text to make a map of; its columns are {fields}. "
            "Name one with --vectors, --image or --text."
        )


def _encoded(
    dataset: StoredDataset, report: StageReport, *, encoder: Any = None, **options: Any
) -> MappedVectors:
    from ..encoders import known_encoder
    from .embed import embedded

    if isinstance(encoder, str):
        encoder = known_encoder(encoder) or encoder
    column, vectors = embedded(dataset, encoder=encoder, report=report, **options)
    return MappedVectors(vectors, column)
