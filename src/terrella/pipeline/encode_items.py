"""Encode the items of a dataset one batch at a time, each content once, and none that was encoded before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError, ShapeError, SourceError
from ..progress import StageReport
from ..stage_cache import fingerprint
from ..typing import Vectors
from .kept_vectors import KeptVectors, content_key

if TYPE_CHECKING:
    from ..encoders import Encoder

__all__ = ["EncodedItems", "encode_items"]

_READ = 256
_SAME = 1e-2
"""Most that a function's vector may differ from the kept one, as a share of its length."""


@dataclass(frozen=True, eq=False)
class EncodedItems:
    """The vectors of all items, (n_samples, n_features), how many were `fresh`, and how many had nothing.

    A text that is missing or blank has the zero vector, an image that is missing or can't be read the mean of
    all others.
    """

    vectors: Vectors
    fresh: int
    empty: int


def encode_items(
    encoder: Encoder,
    kind: str,
    read: Callable[[Sequence[int]], list[Any]],
    n: int,
    folder: Path,
    report: StageReport,
) -> EncodedItems:
    """Encode `n` items; `read(rows)` gives their texts or encoded images, None where there is none.

    What is encoded is kept in `folder` batch by batch under its content's hash, and never encoded again as
    long as the encoder is the same. Raises InputError where there is nothing to encode, and what the encoder
    raises, with the row's number.
    """
    keys = _keys(kind, read, n)
    kept = KeptVectors(folder / fingerprint(encoder.identity, kind)) if encoder.identity else None
    try:
        if kept is not None and len(kept) and _changed(encoder, kind, read, keys, kept):
            kept.forget()
        return _Run(encoder, kind, read, keys, kept).finish(report)
    finally:
        if kept is not None:
            kept.close()


def _keys(kind: str, read: Callable[[Sequence[int]], list[Any]], n: int) -> list[bytes | None]:
    """Return what names the content of each item; None for one that has none."""
    keys: list[bytes | None] = []
    for start in range(0, n, _READ):
        for content in read(range(start, min(start + _READ, n))):
            blank = content is None or not (content.strip() if isinstance(content, str) else content)
            keys.append(None if blank else content_key(content))
    if not any(key is not None for key in keys):
        raise InputError(
            f"there is nothing to encode: none of the {n} items has {_an(kind)}. Name another field."
        )
    return keys


class _Run:
    """One pass over the items whose vectors are not known."""

    def __init__(
        self,
        encoder: Encoder,
        kind: str,
        read: Callable[[Sequence[int]], list[Any]],
        keys: list[bytes | None],
        kept: KeptVectors | None,
    ) -> None:
        self._encoder, self._kind, self._read = encoder, kind, read
        self._keys, self._kept = keys, kept
        self._vectors: Vectors | None = None
        self._known = np.array([key is None for key in keys])
        if kept is not None and kept.dimension is not None:
            self._vectors = np.zeros((len(keys), kept.dimension), np.float32)
            self._known |= kept.fill(self._vectors, keys)
        self._unreadable: list[int] = []

    def finish(self, report: StageReport) -> EncodedItems:
        rows_of: dict[bytes, list[int]] = {}
        for row in np.flatnonzero(~self._known).tolist():
            key = self._keys[row]
            assert key is not None
            rows_of.setdefault(key, []).append(row)
        first = [rows[0] for rows in rows_of.values()]
        for start in range(0, len(first), self._encoder.batch):
            self._encode(first[start : start + self._encoder.batch], rows_of)
            report(min(start + self._encoder.batch, len(first)), len(first))
        return self._result(len(first))

    def _encode(self, rows: list[int], rows_of: dict[bytes, list[int]]) -> None:
        contents = self._read(rows)
        if self._kind == "image":
            from ..encoders import open_picture

            opened = [(row, open_picture(image)) for row, image in zip(rows, contents, strict=True)]
            self._unreadable += [row for row, picture in opened if picture is None]
            pictures = {row: picture for row, picture in opened if picture is not None}
            rows = list(pictures)
            vectors = self._encoder.encode_pictures(list(pictures.values()), rows) if rows else None
        else:
            vectors = self._encoder.encode_texts(contents, rows)
        if vectors is None:
            return
        if self._vectors is None:
            self._vectors = np.zeros((len(self._keys), vectors.shape[1]), np.float32)
        if vectors.shape[1] != self._vectors.shape[1]:
            raise ShapeError(
                f"{self._encoder.name} returned vectors of {vectors.shape[1]} numbers for row {rows[0]} and "
                f"of {self._vectors.shape[1]} for others. Every item needs a vector of the same length."
            )
        keys = [key for row in rows if (key := self._keys[row]) is not None]
        if self._kept is not None:
            self._kept.add(keys, vectors)
        for key, vector in zip(keys, vectors, strict=True):
            self._vectors[rows_of[key]] = vector

    def _result(self, fresh: int) -> EncodedItems:
        empty = np.array([key is None for key in self._keys])
        if self._unreadable:
            lost = {self._keys[row] for row in self._unreadable}
            empty |= np.array([key in lost for key in self._keys])
        if self._vectors is None or empty.all():
            raise SourceError(
                f"none of the {len(empty)} images can be read. Check that they are images and not damaged."
            )
        if self._kind == "image" and empty.any():
            self._vectors[empty] = self._vectors[~empty].mean(axis=0)
        return EncodedItems(self._vectors, fresh, int(empty.sum()))


def _changed(
    encoder: Encoder,
    kind: str,
    read: Callable[[Sequence[int]], list[Any]],
    keys: list[bytes | None],
    kept: KeptVectors,
) -> bool:
    """Say whether a function gives one known item another vector than before; models are told by identity."""
    from ..encoders import FunctionEncoder

    if not isinstance(encoder, FunctionEncoder):
        return False
    row = next((row for row, key in enumerate(keys) if key is not None and key in kept), None)
    if row is None:
        return False
    key = keys[row]
    assert key is not None
    content = read([row])
    found = (encoder.encode_texts if kind == "text" else encoder.encode_images)(content, [row])[0]
    before = kept.vector(key)
    if found.shape != before.shape:
        return True
    return bool(np.linalg.norm(found - before) > _SAME * max(float(np.linalg.norm(before)), 1e-12))


def _an(kind: str) -> str:
    return "an image" if kind == "image" else "a text"
