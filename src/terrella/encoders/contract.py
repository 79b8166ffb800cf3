"""What an encoder is: a name, what it takes, and what it makes of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..typing import Parameters, Vectors
from .checked import as_batch, rows_named
from .pictures import open_picture

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["IMAGE", "TEXT", "Encoder"]

TEXT, IMAGE = "text", "image"


class Encoder(ABC):
    """Turns texts or images into vectors (n_samples, n_features).

    `name` is the vector column they are stored under, `takes` holds what it encodes: "text", "image" or both,
    in which case the vectors of either can be compared. A subclass gives `_texts`, `_pictures` or both.

    The public methods check what comes back: one vector an item, as many numbers in each, all finite. Their
    `rows` say what to call the items in an error, by default 0, 1, 2, …
    """

    batch = 32
    """Items in a call, and so the most that is encoded again after a kill."""

    def __init__(self, name: str, takes: frozenset[str]) -> None:
        self.name = name
        self.takes = takes
        self.dimension: int | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"

    @property
    @abstractmethod
    def metadata(self) -> Parameters:
        """What to record with the vectors: at least 'encoder', 'kind' and 'model', as JSON values."""

    @property
    def identity(self) -> str | None:
        """A name for everything that the vectors depend on, or None where that can't be known."""
        return None

    def encode_texts(self, texts: Sequence[str], rows: Sequence[int] | None = None) -> Vectors:
        """Return a vector for each text."""
        self.require(TEXT)
        return self._run(self._texts, texts, rows)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return a vector for each text that asks for others; some models encode these in another way."""
        self.require(TEXT)
        return self._run(self._queries, texts, None)

    def encode_images(self, images: Sequence[bytes], rows: Sequence[int] | None = None) -> Vectors:
        """Return a vector for each encoded image; raise InputError for what is no image."""
        self.require(IMAGE)
        pictures: list[Image.Image] = []
        for place, image in enumerate(images):
            picture = open_picture(image)
            if picture is None:
                row = place if rows is None else rows[place]
                raise InputError(
                    f"image {row}, of {len(image)} bytes, is none that can be read. PNG, JPEG, GIF, WebP and "
                    "BMP are."
                )
            pictures.append(picture)
        return self.encode_pictures(pictures, rows)

    def encode_pictures(self, pictures: Sequence[Image.Image], rows: Sequence[int] | None = None) -> Vectors:
        """Return a vector for each decoded image, an RGB `PIL.Image`."""
        self.require(IMAGE)
        return self._run(self._pictures, pictures, rows)

    def require(self, kind: str) -> None:
        """Raise InputError unless the encoder takes `kind`."""
        if kind not in self.takes:
            raise InputError(
                f"{self.name} encodes {' and '.join(sorted(self.takes))}s, no {kind}s. "
                "Name another encoder, or another field."
            )

    def _texts(self, texts: Sequence[str]) -> Any:
        raise NotImplementedError

    def _queries(self, texts: Sequence[str]) -> Any:
        return self._texts(texts)

    def _pictures(self, pictures: Sequence[Image.Image]) -> Any:
        raise NotImplementedError

    def _run(self, encode: Callable[[Any], Any], items: Sequence[Any], rows: Sequence[int] | None) -> Vectors:
        named = rows_named(items, rows)
        vectors = as_batch(encode(items), named, self.dimension, self.name)
        if len(vectors):
            self.dimension = vectors.shape[1]
        return vectors
