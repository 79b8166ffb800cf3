"""The stage that turns a dataset's texts or images into vectors, and stores them as a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError, ParameterError
from ..progress import Progress, Silent, StageReport
from ..typing import Parameters, Vectors
from ..validation import check_column
from .encode_items import encode_items
from .fitted import fitted_vectors
from .kept_folder import kept_folder

if TYPE_CHECKING:
    from ..encoders import AskedEncoder, Encoder
    from ..store import StoredDataset

__all__ = ["embed", "embedded"]


@dataclass(frozen=True)
class _Job:
    """What is encoded, `kind` "text" or "image", of which field (None: the images), into which column."""

    encoder: Encoder
    kind: str
    field: str | None
    column: str


def embed(
    dataset: StoredDataset,
    encoder: AskedEncoder | None = None,
    *,
    field: str | None = None,
    name: str | None = None,
    revision: str | None = None,
    progress: Progress | None = None,
) -> str:
    """Encode a dataset's items as `embedded` does, and return the name of the column."""
    with (progress or Silent()).stage("vectors") as report:
        return embedded(dataset, encoder=encoder, field=field, name=name, revision=revision, report=report)[0]


def embedded(
    dataset: StoredDataset,
    *,
    encoder: AskedEncoder | None = None,
    field: str | None = None,
    name: str | None = None,
    revision: str | None = None,
    refit: bool = False,
    report: StageReport,
) -> tuple[str, Vectors]:
    """Encode a dataset's texts or images, store the vectors, and return their column and the vectors.

    `encoder` is what `as_encoder` takes; by default 'pixels' for images and 'tfidf' for texts. `field` names
    the text column or the column of the images; by default the images where the encoder takes some, else the
    dataset's text. `name` names the column: by default the encoder's own name, with the field's where it is
    not the default one. A column that is up to date is returned as it is. `refit` fits 'tfidf' and 'pixels'
    to all items anew. Raises InputError for what can't be encoded, with the row where there is one.
    """
    from ..encoders import LASTING, remember

    job = _job(dataset, encoder, field, name, revision)
    known = dataset.vector_columns.get(job.column)
    if known is not None and not refit and _is_current(known, job):
        report.note(f"{job.column}, {known['dimension']} dimensions, up to date")
        return job.column, dataset.vectors(job.column)
    if known is not None and not known["derived"]:
        raise ParameterError(
            f"{dataset.name} was given vectors {job.column!r} with its items. Store the new ones under "
            "another name=."
        )
    if dataset.is_older:
        raise InputError(
            f"version {dataset.version} of {dataset.name} is read-only and has no vectors {job.column!r}. "
            "Encode the newest version, or restore this one."
        )
    vectors, about = _encode(dataset, job, refit, report)
    about |= {"takes": sorted(job.encoder.takes), "modality": job.kind, "field": job.field, "per_item": True}
    about |= {"dimension": vectors.shape[1], "derived": True}
    if known != about or not np.array_equal(dataset.vectors(job.column), vectors):
        dataset.stored(report)
        dataset.add_vectors(job.column, vectors, about)
    if job.encoder.metadata["kind"] not in LASTING:
        remember(job.encoder)
    report.note(f"{job.column}, {vectors.shape[1]} dimensions")
    return job.column, vectors


def _encode(
    dataset: StoredDataset, job: _Job, refit: bool, report: StageReport
) -> tuple[Vectors, Parameters]:
    from ..encoders import PixelsEncoder, WordsEncoder

    if isinstance(job.encoder, WordsEncoder | PixelsEncoder):
        return fitted_vectors(dataset, job.encoder, job.column, job.field, refit, report)
    read = _text_reader(dataset, job.field or "") if job.kind == "text" else dataset.images
    done = encode_items(job.encoder, job.kind, read, dataset.count, kept_folder(dataset), report)
    if done.fresh < dataset.count:
        report.note(f"{done.fresh} encoded")
    if done.empty:
        report.note(f"{done.empty} {'unreadable' if job.kind == 'image' else 'empty'}")
    lost = {"unreadable" if job.kind == "image" else "empty": done.empty}
    return done.vectors, {**job.encoder.metadata, "identity": job.encoder.identity, **lost}


def _text_reader(dataset: StoredDataset, field: str) -> Callable[[Sequence[int]], list[Any]]:
    texts = dataset.records([field]).column(0).to_pylist()

    def read(rows: Sequence[int]) -> list[Any]:
        return [texts[row] for row in rows]

    return read


def _is_current(known: Parameters, job: _Job) -> bool:
    """Say whether a stored column is what the job would make; the store drops it when its items change.

    What a function reads from outside can't be seen, so one of those is always asked again.
    """
    from ..encoders import FunctionEncoder, PixelsEncoder, WordsEncoder

    if not known["derived"] or known.get("field") != job.field:
        return False
    if isinstance(job.encoder, WordsEncoder | PixelsEncoder):
        return bool(known.get("kind") == job.encoder.metadata["kind"])
    if isinstance(job.encoder, FunctionEncoder) or job.encoder.identity is None:
        return False
    return bool(known.get("identity") == job.encoder.identity)


def _job(
    dataset: StoredDataset,
    asked: AskedEncoder | None,
    field: str | None,
    name: str | None,
    revision: str | None,
) -> _Job:
    from ..encoders import IMAGE, TEXT, as_encoder

    roles = dataset.roles
    if asked is None:
        images = dataset.has_images and field in (None, roles.image)
        asked = "pixels" if images else "tfidf"
    encoder = as_encoder(asked, name=name, revision=revision)
    if field is not None:
        check_column(field, dataset.schema.names, dataset.name)
        kind = IMAGE if dataset.has_images and field == roles.image else TEXT
    else:
        kind = IMAGE if IMAGE in encoder.takes and dataset.has_images else TEXT
    encoder.require(kind)
    if kind == IMAGE:
        return _Job(encoder, kind, None, name or encoder.name)
    column = field or roles.text
    if column is None:
        fields = ", ".join(dataset.schema.names)
        what = "text" if TEXT in encoder.takes else "images"
        raise InputError(
            f"{dataset.name} has no {what} to encode with {encoder.name}; its columns are {fields}. "
            "Name a column of texts with field= or --text."
        )
    _check_text(dataset, column)
    shown = encoder.name if column == roles.text else f"{encoder.name} {column}"
    return _Job(encoder, kind, column, name or shown)


def _check_text(dataset: StoredDataset, column: str) -> None:
    import pyarrow as pa

    kind = dataset.schema.field(column).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        raise InputError(
            f"column {column!r} of {dataset.name} holds {kind}, no text to encode. Name another field."
        )
