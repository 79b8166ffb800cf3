"""The stage that finds, or makes, the vectors to map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..errors import InputError
from ..progress import StageReport
from ..stage_cache import fingerprint
from ..typing import Vectors

if TYPE_CHECKING:
    from ..store import StoredDataset

__all__ = ["MappedVectors", "vectors_to_map"]


@dataclass(frozen=True, eq=False)
class MappedVectors:
    """The vectors that a map is made of, (n_samples, n_features)."""

    array: Vectors

    @cached_property
    def key(self) -> str:
        """A hash of their contents, for the keys of all that is made from them."""
        return fingerprint(self.array)


def vectors_to_map(dataset: StoredDataset, report: StageReport) -> MappedVectors:
    """Return the first stored column of vectors; where there is none, make one of the images or the text.

    Raises InputError for a dataset that has nothing to compare.
    """
    stored = dataset.vector_columns
    if stored:
        column = next(iter(stored))
        report.note(f"{column}, {stored[column].get('dimension', '?')} dimensions")
        return MappedVectors(dataset.vectors(column))
    from ..encoders import pixels, tfidf

    if dataset.has_images:
        encoded = pixels(dataset.images, dataset.count, callback=report)
    elif dataset.roles.text:
        texts = dataset.records([dataset.roles.text]).column(0).to_pylist()
        encoded = tfidf(texts, callback=report)
    else:
        fields = ", ".join(dataset.schema.names)
        raise InputError(
            f"{dataset.name} has no vectors, images or text to make a map of; its columns are {fields}. "
            "Name one with --vectors, --image or --text."
        )
    dataset.add_vectors(encoded.name, encoded.vectors, encoded.metadata)
    report.note(f"{encoded.name}, {encoded.vectors.shape[1]} dimensions")
    return MappedVectors(encoded.vectors)
