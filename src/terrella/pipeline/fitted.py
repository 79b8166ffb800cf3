"""Vectors of the encoders that are fitted to a dataset: 'tfidf' and 'pixels'.

Fitted anew after every append, all vectors would change a little, and every layout with them. So what
was fitted stays: rows that did not change keep their vectors to the last bit, and only new ones are
encoded, until the dataset has more than doubled or somebody asks for a new fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, NotFoundError, StorageError
from ..progress import StageReport
from ..typing import Parameters, Rows, Vectors

if TYPE_CHECKING:
    from ..encoders import PixelsEncoder, WordsEncoder
    from ..store import StoredDataset

__all__ = ["fitted_again", "fitted_vectors"]

_GROWTH = 2
"""Times as many items as it was fitted to, from which on an encoder is fitted anew."""

_LOOKED_AT = 20
"""Older versions that are searched for the column."""

_READ = 512


@dataclass(frozen=True, eq=False)
class _Earlier:
    """A version of the dataset that has the column, and what is known about it there."""

    dataset: StoredDataset
    about: Parameters
    vectors: Vectors


def fitted_vectors(
    dataset: StoredDataset,
    encoder: WordsEncoder | PixelsEncoder,
    column: str,
    field: str | None,
    refit: bool,
    report: StageReport,
) -> tuple[Vectors, Parameters]:
    """Return the vectors of all items and what to record: by an older version's fit, else by a new one."""
    earlier = None if refit else _earlier(dataset, encoder, column, field)
    if earlier is not None:
        return _extended(dataset, encoder, field, earlier, report)
    from ..encoders import WordsEncoder

    if isinstance(encoder, WordsEncoder):
        encoded = encoder.fit(_texts(dataset, field), callback=report)
    else:
        encoded = encoder.fit(dataset.images, dataset.count, callback=report)
    return encoded.vectors, {
        **encoded.metadata,
        "fitted_version": dataset.version,
        "fitted_to": dataset.count,
    }


def fitted_again(
    dataset: StoredDataset, encoder: WordsEncoder | PixelsEncoder, about: Parameters, vectors: Vectors
) -> None:
    """Fit `encoder` as it was when it made `vectors`; raise InputError where that can't be done."""
    from ..encoders import WordsEncoder

    if not isinstance(encoder, WordsEncoder):
        encoder.fit_again(dataset.images, vectors, about)
        return
    field = about.get("field", dataset.roles.text)
    fitted_to = dataset
    if about.get("fitted_version", dataset.version) < dataset.version:
        try:
            fitted_to = dataset.at(about["fitted_version"])
        except (NotFoundError, StorageError):
            fitted_to = dataset  # if nothing else, the texts of now may be those of then
    encoder.fit_again(_texts(fitted_to, field), _texts(dataset, field), vectors)


def _earlier(
    dataset: StoredDataset, encoder: WordsEncoder | PixelsEncoder, column: str, field: str | None
) -> _Earlier | None:
    """Return the newest older version that has this encoder's column, if its fit still holds."""
    versions = [info.version for info in dataset.versions() if info.version < dataset.version]
    for version in sorted(versions, reverse=True)[:_LOOKED_AT]:
        try:
            older = dataset.at(version)
            about = older.vector_columns.get(column, {})
            if about.get("kind") != encoder.metadata["kind"] or about.get("field") != field:
                continue
            if dataset.count > _GROWTH * about["fitted_to"]:
                return None
            return _Earlier(older, about, older.vectors(column))
        except (NotFoundError, StorageError):
            return None
    return None


def _extended(
    dataset: StoredDataset,
    encoder: WordsEncoder | PixelsEncoder,
    field: str | None,
    earlier: _Earlier,
    report: StageReport,
) -> tuple[Vectors, Parameters]:
    vectors = np.zeros((dataset.count, earlier.vectors.shape[1]), np.float32)
    rows, before = _unchanged(dataset, earlier.dataset, field)
    vectors[rows] = earlier.vectors[before]
    new = np.setdiff1d(np.arange(dataset.count), rows)
    about = dict(earlier.about)
    if len(new):
        fitted_again(earlier.dataset, encoder, earlier.about, earlier.vectors)
        unreadable = _encode_new(dataset, encoder, field, new, vectors, report)
        if field is None:
            about["unreadable"] = about.get("unreadable", 0) + unreadable
    if field is not None:
        about["empty"] = int((~vectors.any(axis=1)).sum())
    report.note(f"{len(new)} encoded as before")
    return vectors, about


def _encode_new(
    dataset: StoredDataset,
    encoder: WordsEncoder | PixelsEncoder,
    field: str | None,
    new: Rows,
    vectors: Vectors,
    report: StageReport,
) -> int:
    """Write the vectors of the rows `new`; return how many images of them can't be read.

    Those get the mean of all images, and texts without a known word the zero vector.
    """
    from ..encoders import WordsEncoder

    unreadable = 0
    for start in range(0, len(new), _READ):
        rows = new[start : start + _READ]
        if isinstance(encoder, WordsEncoder):
            texts = dataset.records([field or ""], rows).column(0).to_pylist()
            vectors[rows] = encoder.encode_texts([text or "" for text in texts])
        else:
            for row, image in zip(rows.tolist(), dataset.images(rows), strict=True):
                try:
                    vectors[row] = encoder.encode_images([image or b""])[0]
                except InputError:
                    vectors[row] = encoder.mean
                    unreadable += 1
        report(min(start + _READ, len(new)), len(new))
    return unreadable


def _unchanged(dataset: StoredDataset, older: StoredDataset, field: str | None) -> tuple[Rows, Rows]:
    """Return the rows whose text or image is what it was, and their rows in the older version."""
    _, rows, before = np.intersect1d(dataset.keys(), older.keys(), assume_unique=True, return_indices=True)
    if field is not None:
        now, then = _texts(dataset, field), _texts(older, field)
        same = np.array([now[a] == then[b] for a, b in zip(rows, before, strict=True)], dtype=bool)
    else:
        same = _same_images(dataset, older, rows, before)
    return rows[same], before[same]


def _same_images(dataset: StoredDataset, older: StoredDataset, rows: Rows, before: Rows) -> NDArray[np.bool_]:
    """Mark the pairs of rows whose images are equal; only those that were written anew are read."""
    same = np.zeros(len(rows), dtype=bool)
    if dataset.head.generation == older.head.generation:
        same = dataset.image_numbers()[rows] == older.image_numbers()[before]
    written = np.flatnonzero(~same)
    for start in range(0, len(written), _READ):
        part = written[start : start + _READ]
        pairs = zip(dataset.images(rows[part]), older.images(before[part]), strict=True)
        same[part] = [now == then for now, then in pairs]
    return same


def _texts(dataset: StoredDataset, field: str | None) -> list[str | None]:
    texts: list[str | None] = dataset.records([field or dataset.roles.text or ""]).column(0).to_pylist()
    return texts
