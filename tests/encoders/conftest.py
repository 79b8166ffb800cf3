from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def encode() -> Callable[..., bytes]:
    """Encode an array or a Pillow image."""

    def save(image: np.ndarray | Image.Image, kind: str = "PNG", **options: object) -> bytes:
        file = io.BytesIO()
        (image if isinstance(image, Image.Image) else Image.fromarray(image)).save(file, kind, **options)
        return file.getvalue()

    return save


@pytest.fixture
def reader() -> Callable[..., Callable[[Sequence[int]], list[bytes | None]]]:
    """Turn a list of encoded images into what encoders read from."""
    return lambda images: lambda rows: [images[row] for row in rows]
