"""Encode one more image as the stored ones were, from what the encoder did to some of them.

`pixels` maps a thumbnail x to y = (x − m) V and keeps neither m nor V. As y is affine in x, a sample of both
sides tells it: with X and Y the sample's thumbnails and vectors about their means x̄ and ȳ,

    V ≈ (XᵀX + εI)⁻¹ XᵀY,    y ≈ ȳ + (x − x̄) V

and the smaller of XᵀX and XXᵀ is the one that is solved. Nothing but the sample needs to be decoded again.
With fewer images than pixels, V stays in the span of X, as the encoder's does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..errors import InputError
from ..typing import Vectors
from .thumbnail import SIDE, Thumbnail, decode

__all__ = ["ImageEncoder"]

_SAMPLE = 2048
_ROWS_PER_FEATURE = 2
_RIDGE = 1e-5
"""ε as a share of the features' mean variance: no more than keeps the system solvable."""

_CHECKED = 64
"""Rows that are kept out of the sample, to see whether the encoder is the one that was used."""

_TOLERANCE = 0.1
"""Most that their vectors may be off, as a share of how far vectors lie from their mean."""


class ImageEncoder:
    """Encodes images as the vectors of a dataset were made from its images by `pixels`.

    `read(rows)` gives stored images, `vectors` (n_samples, n_features) what became of them, `about` what the
    encoder said. Raises InputError where the vectors were not made that way.
    """

    def __init__(
        self,
        read: Callable[[Sequence[int]], list[bytes | None]],
        vectors: Vectors,
        about: dict[str, Any],
    ) -> None:
        self._size = int(about.get("width", SIDE)), int(about.get("height", SIDE))
        self._grey = about.get("channels") == 1
        n_pixels = self._size[0] * self._size[1] * (1 if self._grey else 3)
        wanted = max(_SAMPLE, _ROWS_PER_FEATURE * n_pixels) + _CHECKED
        rows = np.random.default_rng(0).permutation(len(vectors))[:wanted]
        thumbnails = [decode(image) for image in read([int(row) for row in rows])]
        kept = [k for k, thumbnail in enumerate(thumbnails) if thumbnail is not None]
        pixels = np.stack([self._pixels(thumbnails[k]) for k in kept]) if kept else np.zeros((0, n_pixels))
        known = vectors[rows[kept]].astype(np.float64)
        checked = min(_CHECKED, len(kept) // 4) if len(kept) > n_pixels + _CHECKED else 0
        self._fit(pixels[checked:], known[checked:])
        spread = float(np.abs(known - known.mean(axis=0)).mean()) if len(kept) else 0.0
        seen = slice(checked or None)  # fewer images than pixels are all needed: then those of the sample
        off = float(np.abs(self._map(pixels[seen]) - known[seen]).mean()) if kept else 0.0
        if not kept or off > _TOLERANCE * spread:
            raise InputError(
                "images can't be encoded as the stored vectors were. Search by an item or a vector instead."
            )

    def encode(self, image: bytes) -> Vectors:
        """Return the vector (n_features,) of an encoded image; raise InputError for what is no image."""
        thumbnail = decode(image)
        if thumbnail is None:
            raise InputError(
                f"these {len(image)} bytes are no image that can be read. PNG, JPEG, GIF, WebP and BMP are."
            )
        return np.asarray(self._map(self._pixels(thumbnail)[None])[0], np.float32)

    @property
    def mean(self) -> Vectors:
        """The mean (n_features,) of the stored vectors, as far as the sample tells."""
        return np.asarray(self._image, np.float32)

    def _pixels(self, thumbnail: Thumbnail | None) -> Any:
        assert thumbnail is not None
        pixels = thumbnail.pixels(*self._size, grey=self._grey)
        return pixels.astype(np.float64) / 255.0

    def _map(self, pixels: Any) -> Any:
        return self._image + (pixels - self._centre) @ self._axes

    def _fit(self, pixels: Any, known: Any) -> None:
        self._centre = pixels.mean(axis=0) if len(pixels) else np.zeros(pixels.shape[1])
        self._image = known.mean(axis=0) if len(known) else np.zeros(known.shape[1])
        x, y = pixels - self._centre, known - self._image
        ridge = _RIDGE * max(float((x * x).mean()), 1e-12) * len(x)
        if len(x) < x.shape[1]:
            self._axes = x.T @ np.linalg.solve(x @ x.T + ridge * np.eye(len(x)), y)
        else:
            self._axes = np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)
