from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """Encode an image of one colour."""

    def encode(
        color: object = 128, mode: str = "L", size: tuple[int, int] = (4, 4), kind: str = "PNG"
    ) -> bytes:
        file = io.BytesIO()
        Image.new(mode, size, color).save(file, kind)
        return file.getvalue()

    return encode


@pytest.fixture
def pixels_of() -> Callable[[bytes], np.ndarray]:
    """Decode an image with Pillow, which shares nothing with our writer."""
    return lambda encoded: np.asarray(Image.open(io.BytesIO(encoded)))


@pytest.fixture
def reviews() -> Path:
    """The real reviews, or a skip that says where they are looked for."""
    data = os.environ.get("TERRELLA_SAMPLES") or Path(__file__).parents[3] / "shared" / "data"
    path = Path(data) / "reviews" / "singapore_airlines_reviews.csv"
    if not path.is_file():
        pytest.skip(f"needs the reviews in {path}")
    return path
