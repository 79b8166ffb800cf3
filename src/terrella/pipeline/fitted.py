"""Vectors of the encoders that are fitted to a dataset: 'tfidf' and 'pixels'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..progress import StageReport
from ..typing import Parameters, Vectors

if TYPE_CHECKING:
    from ..encoders import PixelsEncoder, WordsEncoder
    from ..store import StoredDataset

__all__ = ["fitted_again", "fitted_vectors"]


def fitted_vectors(
    dataset: StoredDataset,
    encoder: WordsEncoder | PixelsEncoder,
    column: str,
    field: str | None,
    refit: bool,
    report: StageReport,
) -> tuple[Vectors, Parameters]:
    """Return the vectors of all items and what to record."""
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
    texts = _texts(dataset, about.get("field", dataset.roles.text))
    encoder.fit_again(texts, texts, vectors)


def _texts(dataset: StoredDataset, field: str | None) -> list[str | None]:
    texts: list[str | None] = dataset.records([field or dataset.roles.text or ""]).column(0).to_pylist()
    return texts
