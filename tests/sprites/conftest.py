from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image


@pytest.fixture(scope="session")
def encode() -> Callable[..., bytes]:
    """Return a function from pixels or a picture to an encoded file."""

    def encoded(picture: Any, kind: str = "PNG", **settings: Any) -> bytes:
        file = io.BytesIO()
        made = Image.fromarray(picture) if isinstance(picture, np.ndarray) else picture
        made.save(file, kind, **settings)
        return file.getvalue()

    return encoded
